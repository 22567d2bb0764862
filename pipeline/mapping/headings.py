"""What a heading's words say: labels with scores, the phrase that matched, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from docmodel.mapping import Candidate
from pipeline.mapping.heading_phrases import HeadingPart, How, Piece, cut_heading
from pipeline.mapping.lexicon import ASPECT, TITLE, Lexicon, Phrase, PhraseKind

# A label that opens the heading says what it is about even where an explanation follows: never scored lower than this
# times its weight. Thai puts the head of a phrase first.
HEAD_FLOOR: Final = 0.74
# The floor needs a phrase long enough to be no accident (letters of the skeleton).
HEAD_MIN_LENGTH: Final = 6
# A label that only completes another word ("คู่มือ…ของทีมงาน") says what that word is about, not the section.
COMPLEMENT: Final = 0.5
# Unknown words in front of the label: the head of the heading is something that nobody listed.
UNKNOWN_HEAD: Final = 0.8
# … and a plan's name behind another word is no title ("ภาพรวมแผน…").
UNKNOWN_TITLE_HEAD: Final = 0.6
UNKNOWN_HEAD_LENGTH: Final = 4
# Coverage to score: half of the letters explained is a fair sign, a quarter is not.
COVERAGE_POWER: Final = 0.6
# A hint beside a label is no second label.
MERGED_WEIGHT: Final = 0.7
# A hint and the label that completes it.
MIN_COMPLETED: Final = 2
# In parentheses stands a translation or a remark.
PARENTHESES: Final = 0.9
OTHER_REMARK: Final = 0.75
CLEAR: Final = 0.7

_METHODS: Final = {How.EXACT: "heading_exact", How.SKELETON: "heading_skeleton", How.FUZZY: "heading_fuzzy"}


@lru_cache(maxsize=16384)
def match_heading(text: str, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """All labels that a heading's words may mean, best first; empty where no word is known.

    Merged headings give several labels with (nearly) equal scores; which of them are meant together is told by
    ``merged_labels``. The numbers in a heading never count.
    """
    best: dict[str, Candidate] = {}
    parts = cut_heading(text, lexicon)
    outside = [candidate for part in parts if not part.in_parentheses for candidate in _candidates(part, lexicon)]
    inside = [candidate for part in parts if part.in_parentheses for candidate in _candidates(part, lexicon)]
    has_main = any(not part.in_parentheses for part in parts)
    for candidate in [*outside, *(_as_remark(remark, outside, has_main=has_main) for remark in inside)]:
        known = best.get(candidate.label)
        if known is None or candidate.score > known.score:
            best[candidate.label] = candidate
    _name_aspects(best)
    return tuple(sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.label)))


def _name_aspects(best: dict[str, Candidate]) -> None:
    """A bare dimension is the one of the base that other words name ("… (Working Space Requirement)")."""
    for label in [label for label in best if label.startswith(ASPECT)]:
        suffix = f".{label.removeprefix(ASPECT)}"
        named = next((known for known in best if known.endswith(suffix) and known != label), None)
        if named is not None:
            aspect = best.pop(label)
            best[named] = replace(best[named], score=max(best[named].score, aspect.score))


def _as_remark(remark: Candidate, outside: list[Candidate], *, has_main: bool) -> Candidate:
    """Words in parentheses repeat what stands before them; where they say another thing, they count less."""
    said = [candidate.label for candidate in outside]
    if not has_main or (remark.label in said and remark.label != TITLE) or said[:1] == [TITLE]:
        return remark
    if remark.label == TITLE:
        factor = COMPLEMENT
    else:
        clear = any(candidate.score >= CLEAR for candidate in outside)
        factor = COMPLEMENT if clear else OTHER_REMARK if outside else 1.0
    return replace(remark, score=round(remark.score * factor, 4))


@lru_cache(maxsize=16384)
def merged_labels(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The labels that a heading joins ("วัตถุประสงค์ สมมติฐาน และขอบเขต"), in order; empty where it has one or none."""
    for part in cut_heading(text, lexicon):
        if part.in_parentheses:
            continue
        phrases = [piece.phrase for piece in _heads(part, lexicon) if piece.phrase is not None]
        strong = {_main_label(phrase) for phrase in phrases if _weight(phrase) >= MERGED_WEIGHT}
        labels = [_main_label(phrase) for phrase in phrases if len(strong) > 1 or _weight(phrase) >= MERGED_WEIGHT]
        distinct = tuple(dict.fromkeys(labels))
        if len(distinct) > 1:
            return distinct
    return ()


@lru_cache(maxsize=16384)
def is_agency_alone(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is an agency's name and nothing else."""
    parts = cut_heading(text, lexicon)
    return bool(parts) and all(
        part.pieces and part.pieces[0].start == 0 and part.pieces[0].how is How.AGENCY
        for part in parts
        if not part.in_parentheses
    )


def _weight(phrase: Phrase) -> float:
    return max((weight for _, weight in phrase.labels), default=0.0)


def _main_label(phrase: Phrase) -> str:
    return max(phrase.labels, key=lambda pair: pair[1])[0] if phrase.labels else TITLE


def _content(part: HeadingPart) -> list[Piece]:
    """The pieces that say something: labels and plan names."""
    return [
        piece
        for piece in part.pieces
        if piece.phrase is not None and piece.phrase.kind in (PhraseKind.LABEL, PhraseKind.PLAN_NAME)
    ]


def _heads(part: HeadingPart, lexicon: Lexicon) -> list[Piece]:
    """The first piece that says something and what conjunctions or mere spaces join to it."""
    content = _behind_a_mere_hint(part, _content(part))
    if not content:
        return []
    heads = [content[0]]
    for piece in content[1:]:
        if (
            piece.phrase is None
            or piece.phrase.kind is not PhraseKind.LABEL
            or not _joined(part, heads[-1], piece, lexicon)
        ):
            break
        heads.append(piece)
    return heads


def _behind_a_mere_hint(part: HeadingPart, content: list[Piece]) -> list[Piece]:
    """Without a first piece that only hints where a label completes it: "ขั้นตอน" of "การแจ้งเหตุ" are about that."""
    if len(content) < MIN_COMPLETED or content[0].start > 0:
        return content
    first, second = content[:2]
    hints = first.phrase is not None and 0 < _weight(first.phrase) < MERGED_WEIGHT
    says = second.phrase is not None and _weight(second.phrase) >= MERGED_WEIGHT
    completes = first.end == second.start and second.start not in part.word_starts
    return content[1:] if hints and says and completes else content


def _joined(part: HeadingPart, left: Piece, right: Piece, lexicon: Lexicon) -> bool:
    if left.phrase is not None and left.phrase.kind is PhraseKind.PLAN_NAME:
        return False
    gap = part.key[left.end : right.start]
    return gap in lexicon.conjunctions or (not gap and right.start in part.word_starts)


def _candidates(part: HeadingPart, lexicon: Lexicon) -> Iterator[Candidate]:
    """The labels of one part, each with its score."""
    content = _content(part)
    if not content:
        return
    heads = _heads(part, lexicon)
    explained = sum(piece.length for piece in content)
    coverage = explained / (explained + part.residue)
    unknown_head = _unknown_before(part, content[0])
    for piece in content:
        if piece.phrase is None:
            continue
        fit = coverage**COVERAGE_POWER
        if unknown_head:
            fit *= UNKNOWN_HEAD if piece.phrase.labels else UNKNOWN_TITLE_HEAD
        elif piece is heads[0] and piece.length >= HEAD_MIN_LENGTH:
            fit = max(fit, HEAD_FLOOR)
        if piece not in heads and not _says_the_same(piece, heads):
            fit *= COMPLEMENT
        if part.in_parentheses:
            fit *= PARENTHESES
        for label, weight in piece.phrase.labels or ((TITLE, 1.0),):
            yield Candidate(
                label=label,
                score=round(weight * fit * piece.likeness, 4),
                method=_METHODS[piece.how],
                term=piece.phrase.text,
            )
    yield from _with_aspect(part, heads, content, coverage, lexicon)


def _says_the_same(piece: Piece, heads: list[Piece]) -> bool:
    """Whether a complement repeats what the head says ("โครงสร้าง" of the "คณะบริหารความต่อเนื่อง")."""
    labels = {label for head in heads if head.phrase for label, _ in head.phrase.labels}
    return piece.phrase is not None and any(label in labels for label, _ in piece.phrase.labels)


def _with_aspect(
    part: HeadingPart, heads: list[Piece], content: list[Piece], coverage: float, lexicon: Lexicon
) -> Iterator[Candidate]:
    """A base and a resource dimension in one heading: "กลยุทธ์ความต่อเนื่อง ด้านบุคลากร"."""
    bases = [
        (label, weight, piece)
        for piece in content
        if piece.phrase is not None
        for label, weight in piece.phrase.labels
        if label in lexicon.aspect_bases
    ]
    for base, weight, base_piece in bases:
        for piece in content:
            for label, aspect_weight in piece.phrase.labels if piece.phrase else ():
                if label.startswith(ASPECT):
                    yield Candidate(
                        label=f"{base}.{label.removeprefix(ASPECT)}",
                        score=round(weight * aspect_weight * coverage**COVERAGE_POWER * base_piece.likeness, 4),
                        method=_METHODS[base_piece.how],
                        term=f"{base_piece.phrase.text} + {piece.phrase.text}"
                        if base_piece.phrase and piece.phrase
                        else None,
                    )


def _unknown_before(part: HeadingPart, first: Piece) -> bool:
    """Whether words that nobody listed stand in front of the first known one."""
    known = sum(piece.length for piece in part.pieces if piece.end <= first.start)
    return first.start - known >= UNKNOWN_HEAD_LENGTH
