"""Rules that need the word list: lost nikhahit, า read as ำ, tones read as SARA UU."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from normalizers import characters as ch
from normalizers.repair import lexicon
from normalizers.repair.lexicon import AlteredWords
from normalizers.repair.model import DamageKind
from normalizers.repair.rules import Context, Edit, Rule

_CHUNK: Final = re.compile(f"[{ch.THAI_LETTERS}{ch.MAIYAMOK}]{{3,}}")
# With this many right spellings per wrong one, the wrong ones are the author's slips and not the text layer's.
_MAX_SOUND_PER_LOST: Final = 4
# A word that is also the damaged form of another ("ทา", "น้า") changes only when the other is likelier by this much
# (seven times) and no SARA AM is left in the text.
_AMBIGUOUS_GAIN: Final = 2.0
_MIN_LOST_FOR_AMBIGUOUS: Final = 3
_SHORT_FORM: Final = 4


# A changed word has to make the place likelier by this much (nats).
_WORD_GAIN: Final = 3.0
_WINDOW: Final = 16


def _gain(text: str, start: int, end: int, after: str) -> float:
    """How much likelier (nats) the place is with the change."""
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    return lexicon.reading_cost(before + text[start:end] + behind) - lexicon.reading_cost(before + after + behind)


def _reads_better(text: str, start: int, end: int, after: str) -> bool:
    return _gain(text, start, end, after) >= _WORD_GAIN


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# The commonest lost forms: a text without any of them is not cut into words, unless its document has the damage. They
# come up by accident too ("เอกสารองค์กร"), which costs time and nothing else.
_LOST_AM_HINTS: Final = _words(
    "สาคั สานั สาหรั สาเร สารอง สารวจ สาเนา ดาเนิ ดาร จานว จาเป็ จากัด จาแนก จาหน่ จาลอง จาเล ประจา "
    "กาหนด กากั กาลั กาจั กาแพ ตาแหน่ ตาบล ตารว ทาให ทาการ ทางาน ทาง่าย จัดทา กระทา การทา ทาได ทาแผน "
    "อาเภ อานา อานว อามา คาสั คานว คานึ คาแน คาถา คาขอ คาว่า คาอธิ ถ้อยคา แนะนา นาเสน นาไป นามา การนา "
    "ผู้นา นาเข้ บทนา คานา ลาดั ลาเล ลาปา ลาพู บารุ บาบั ชาระ ชารุ ชานา ขั้นต่า สม่า ปาบัด สัมฤทธิ อาพร "
    "ขาขัน ชาแหละ ยาเกรง ประจาปี"
)
_LOST_AM_PLACES: Final = re.compile("ตารา[^ง]|(?<!ห)น้า(?=[ทปตเ])|ต่า(?=[กส])|ซ้า(?=[ซๆ])|ค่า(?=คืน)|รา(?=ลึก)")


def _find_lost_am(text: str, context: Context) -> list[Edit]:
    """ "สาคัญ" as "สำคัญ": whole words of the cut text whose only reading is a word with SARA AM.

    In a text where SARA AM is lost altogether, short words that exist both ways change too when the other one is by
    far the commoner ("ทา", "นา"); elsewhere they stay, and so do names.
    """
    known = context is not None and DamageKind.AM_LOST in context.kinds
    if not known and (context is not None or not (_any_in(_LOST_AM_HINTS, text) or _LOST_AM_PLACES.search(text))):
        return []
    lost = lexicon.lost_am()
    chunks = [match for match in _CHUNK.finditer(text) if ch.SARA_AA in match[0]]
    hit, places = _chunks_with(chunks, lost)
    sound = text.count(ch.SARA_AM)
    if context is None and sound > _MAX_SOUND_PER_LOST * places:
        return []
    found = _altered_words(text, hit, lost)
    if not found:
        return []
    long = [edit for edit in found if edit.end - edit.start >= _SHORT_FORM]
    if not known and (sound or len(long) < _MIN_LOST_FOR_AMBIGUOUS):
        found = long  # three letters turn up in any foreign name
    if not found or (context is None and sound > _MAX_SOUND_PER_LOST * len(found)):
        return []
    if sound == 0 and (known or len(found) >= _MIN_LOST_FOR_AMBIGUOUS):
        return sorted(found + _ambiguous_words(text, chunks, lost))
    return found


def _any_in(words: Iterable[str], text: str) -> bool:
    """Whether one of some words stands in a text; a tenth of the time that a pattern of them takes."""
    return any(map(text.__contains__, words))


def _chunks_with(chunks: Iterable[re.Match[str]], words: AlteredWords) -> tuple[list[re.Match[str]], int]:
    """The places of a text in which altered spellings stand, be it inside other words, and how many do at the most."""
    counts = [(match, words.altered.count_places(match[0])) for match in chunks]
    return [match for match, count in counts if count], sum(count for _, count in counts)


def _altered_words(text: str, chunks: Iterable[re.Match[str]], words: AlteredWords) -> list[Edit]:
    """Words of the cut text in an altered spelling, where the right one reads better."""
    return [
        Edit(start, end, words.forms[token])
        for token, start, end in _cut(chunks, words)
        if token in words.forms and _reads_better(text, start, end, words.forms[token])
    ]


def _ambiguous_words(text: str, chunks: Iterable[re.Match[str]], lost: AlteredWords) -> list[Edit]:
    """Words that are words as they stand, and likelier ones with SARA AM."""
    return [
        Edit(start, end, other)
        for token, start, end in _cut(chunks, lost)
        if (other := _other_word(token))
        and not (token in lost.forms and _reads_better(text, start, end, lost.forms[token]))
        and _gain(text, start, end, other) >= _AMBIGUOUS_GAIN
    ]


def _cut(chunks: Iterable[re.Match[str]], words: AlteredWords) -> Iterator[tuple[str, int, int]]:
    """Each word of some places of a text, with where it starts and ends."""
    for match in chunks:
        position = match.start()
        for token in lexicon.cut_words(match[0], words.all_words):
            yield token, position, position + len(token)
            position += len(token)


def _other_word(token: str) -> str | None:
    """The word that a word would be with SARA AM for SARA AA, if there is one."""
    other = token.replace(ch.SARA_AA, ch.SARA_AM)
    return other if other != token and other in lexicon.words() else None


# Common words whose form with ำ for า is no word: three of them tell the damage without cutting the text.
_AA_AS_AM_HINTS: Final = _words(
    "กำร ควำม งำน ตำม ว่ำ จำก อย่ำง ด้ำน ต้ำน สำมำรถ หรำ ภำ ข้ำง ถ้ำ ผ่ำน ต่ำง อำศัย อำคำร มำก รำช ประชำ"
)


# A slip of the author is one word; a font that shows า as ำ does it on a good part of all ำ.
_MIN_AA_AS_AM: Final = 2
_MIN_AA_SHARE: Final = 0.1
_MIN_STRONG_AA: Final = 4
_MAX_SOUND_AA: Final = 0.2
_DOUBTFUL_AA_GAIN: Final = 1.0


def _find_aa_as_am(text: str, context: Context) -> list[Edit]:
    """ "กำร" as "การ": words of the cut text whose only reading is a word with SARA AA."""
    known = context is not None and DamageKind.AA_AS_AM in context.kinds
    if not known and (context is not None or not _any_in(_AA_AS_AM_HINTS, text)):
        return []
    misread_words = lexicon.aa_as_am()
    chunks, places = _chunks_with((m for m in _CHUNK.finditer(text) if ch.SARA_AM in m[0]), misread_words)
    misread = text.count(ch.SARA_AM)
    enough = max(_MIN_AA_AS_AM, _MIN_AA_SHARE * misread)
    if context is None and places < enough:
        return []
    edits = _altered_words(text, chunks, misread_words)
    if context is None and len(edits) < enough:
        return []
    if len(edits) >= _MIN_STRONG_AA and text.count(ch.SARA_AA) < _MAX_SOUND_AA * misread:
        edits = _with_doubtful_aa(text, edits)
    return edits


def _with_doubtful_aa(text: str, edits: list[Edit]) -> list[Edit]:
    """The edits and, in a text whose SARA AA are all misread, each other ำ that reads better as า."""
    taken = {place for edit in edits for place in range(edit.start, edit.end)}
    mended = list(text)
    for edit in edits:
        mended[edit.start : edit.end] = edit.after
    reading = "".join(mended)
    more = []
    for place, char in enumerate(reading):
        if char != ch.SARA_AM or place in taken or text[place - 1 : place] in (" ", "\u00a0"):
            continue
        if _gain(reading, place, place + 1, ch.SARA_AA) >= _DOUBTFUL_AA_GAIN:
            more.append(Edit(place, place + 1, ch.SARA_AA))
    return sorted(edits + more)


_TONE_AS_UU_GUARD: Final = re.compile("[ปฝฟ]\N{THAI CHARACTER SARA UU}[าอ]")


@cache
def _tone_as_uu() -> AlteredWords:
    known = lexicon.words()
    forms: dict[str, str] = {}
    for word in known:
        form = re.sub("(?<=[ปฝฟ])\N{THAI CHARACTER MAI THO}(?=[าอ])", "\N{THAI CHARACTER SARA UU}", word)
        if form not in known:
            forms[form] = word
    return lexicon.alter_words(forms)


def _find_tone_as_uu(text: str, _context: Context) -> list[Edit]:
    """ "เปูาหมาย" as "เป้าหมาย": the raised tone of a tall letter that was read as SARA UU."""
    chunks = [match for match in _CHUNK.finditer(text) if _TONE_AS_UU_GUARD.search(match[0])]
    return _altered_words(text, chunks, _tone_as_uu())


def load_altered_words() -> None:
    """Read the lists that the rules of this module look into."""
    lexicon.load_word_lists()
    _tone_as_uu()


AA_AS_AM_RULE: Final = Rule(kind=DamageKind.AA_AS_AM, guard=re.compile(ch.SARA_AM), find=_find_aa_as_am)
WORD_RULES: Final = (
    Rule(kind=DamageKind.AM_LOST, guard=re.compile(ch.SARA_AA), find=_find_lost_am),
    Rule(kind=DamageKind.TONE_AS_UU, guard=_TONE_AS_UU_GUARD, find=_find_tone_as_uu),
)
