"""How well the aliases understand headings, captions and column heads of real documents they were not made from.

Reads ../shared/variants.jsonl (or the file given). For each source, aliases that equal one of that source's own texts
and of no other's are switched off first, so that no text is recognised by a copy of itself: leave one source out.
Prints right, wrong and abstained per kind, and every wrong one.

    python -m benchmarks.mapping.variants [variants.jsonl] [--errors]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from normalizers.markers import split_marker
from normalizers.text import thai_skeleton
from pipeline.mapping.columns import match_columns
from pipeline.mapping.decide import MARGIN, MATCHED_FROM, component
from pipeline.mapping.heading_phrases import clean_heading
from pipeline.mapping.headings import match_heading, merged_labels
from pipeline.mapping.lexicon import TITLE, Lexicon, load_lexicon

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "variants.jsonl"
SCHEMA_ID = "opdc-2563"

# Front matter is one thing for a plan's verdict, and so are the two halves of component 2.2.
SAME = {
    "preface": "front",
    "intro": "front",
    "background": "front",
    "none.preface": "front",
    "none.intro": "front",
    "none.background": "front",
    "title": "none.title",
    "none.report": "none.title",
    "infrastructure": "none.infrastructure",
    "2.2.incidents": "2.2",
    "2.2.impacts": "2.2",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--all-aliases", action="store_true", help="keep aliases that one source alone words the same")
    arguments = parser.parse_args()
    if not arguments.path.is_file():
        print(f"{arguments.path} is not there: nothing to measure")
        return
    rows = [json.loads(line) for line in arguments.path.read_text(encoding="utf-8").splitlines()]
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, truth, text, guess in judge(rows, keep_all=arguments.all_aliases):
        outcome = judge_one(truth, guess)
        outcomes[kind][outcome] += 1
        if arguments.errors and outcome != "right":
            print(f"{outcome:9} {kind:12} {truth:16} {guess or '-':16} {text[:90]}")
    for kind, counts in sorted(outcomes.items()):
        total = sum(counts.values())
        shares = "  ".join(
            f"{name} {counts[name]:3} ({counts[name] / total:5.1%})" for name in ("right", "wrong", "abstained")
        )
        print(f"{kind:12} {total:4}  {shares}")
    total_counts = sum(outcomes.values(), Counter())
    total = sum(total_counts.values())
    print(
        f"{'all':12} {total:4}  "
        + "  ".join(f"{name} {count:3} ({count / total:5.1%})" for name, count in sorted(total_counts.items()))
    )


def judge(rows: list[dict[str, str]], *, keep_all: bool = False) -> list[tuple[str, str, str, str | None]]:
    """Kind, truth, text and guess of each heading, caption and column head."""
    lexicon = load_lexicon(SCHEMA_ID)
    sources = list(dict.fromkeys(row["source"] for row in rows))
    keys = {source: {_key(row) for row in rows if row["source"] == source} for source in sources}
    found = []
    for source in sources:
        others = set().union(*(keys[other] for other in sources if other != source))
        own = lexicon if keep_all else _without(lexicon, keys[source] - others)
        of_source = [row for row in rows if row["source"] == source]
        for row in of_source:
            if row["kind"] in ("heading", "table_title"):
                found.append((row["kind"], row["element_id"], row["text"], guess_heading(row["text"], own)))
        for group in column_groups(of_source):
            labels = match_columns([row["text"] for row in group], own)
            found += [
                ("column", row["element_id"], row["text"], label) for row, label in zip(group, labels, strict=True)
            ]
    return found


def guess_heading(text: str, lexicon: Lexicon) -> str | None:
    """The label of a heading alone, None where the mapper would want to see what stands under it."""
    numbered = split_marker(text)[0] is not None
    candidates = [found for found in match_heading(text, lexicon) if found.label != TITLE or not numbered]
    if not candidates or candidates[0].score < MATCHED_FROM:
        return None
    merged = merged_labels(text, lexicon)
    if merged:
        return merged[0]
    rivals = [other for other in candidates[1:] if component(other.label) != component(candidates[0].label)]
    if rivals and candidates[0].score - rivals[0].score < MARGIN:
        return None
    return None if candidates[0].label.startswith("aspect.") else candidates[0].label


def column_groups(rows: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Column heads that stand one after the other, as they do in a table's header."""
    groups: list[list[dict[str, str]]] = []
    before = ""
    for row in rows:
        if row["kind"] == "column":
            if before != "column":
                groups.append([])
            groups[-1].append(row)
        before = row["kind"]
    return groups


def judge_one(truth: str, guess: str | None) -> str:
    if guess is None:
        return "abstained"
    if truth == "none":
        return "right" if guess.startswith("none.") else "wrong"
    wanted, got = SAME.get(truth, truth), SAME.get(guess, guess)
    if got == wanted or (got.startswith(f"{wanted}.") and wanted in ("2.2", "2.6", "2.4")):
        return "right"
    # the general label of the component is right, if less than was asked for
    return "right" if component(got) == component(wanted) and not got.startswith("2.1") else "wrong"


def _key(row: dict[str, str]) -> str:
    return thai_skeleton(clean_heading(row["text"]))


def _without(lexicon: Lexicon, keys: set[str]) -> Lexicon:
    """The lexicon without phrases that are word for word texts of one source."""
    return replace(
        lexicon,
        headings=tuple(phrase for phrase in lexicon.headings if phrase.key not in keys),
        columns=tuple(phrase for phrase in lexicon.columns if phrase.key not in keys),
    )


if __name__ == "__main__":
    main()
