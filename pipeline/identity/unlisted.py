"""A body whose first word no list has: a line of the cover that the document uses again as a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from docmodel.blocks import TextBlock
from docmodel.document import NormalizedDocument
from docmodel.vocabulary import AgencyType
from normalizers.dates import find_dates
from normalizers.text import normalize_value, thai_skeleton
from pipeline.identity.names import AgencyName
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import Lexicon

MIN_LETTERS: Final = 8
MAX_CHARS: Final = 80
# A line whose words are known is a title or a part of the plan.
UNKNOWN_BELOW: Final = 0.4
# "การรถรางฯ": a name cut short, of so many letters at least.
MIN_SHORT: Final = 5
_SENTENCE: Final = re.compile(r"(?:ได้|เป็น|ให้|โดย|เพื่อ|จึง|ซึ่ง|ตาม|จะ|สามารถ|ต้อง|ฉบับ|ครั้งที่|version|\d)", re.IGNORECASE)
_CUT_SHORT: Final = re.compile(r"(?P<name>[ก-๎]{4,40})ฯ")
# Bodies called "the …ing of …" are state enterprises.
_ENTERPRISE: Final = "การ"


def _ends_with_front(text: str, key: str) -> bool:
    """Whether a text ends with the front of a name: Thai writes the words before it without a space."""
    return any(text.endswith(key[:length]) for length in range(MIN_SHORT, len(key)))


def find_unlisted(
    document: NormalizedDocument, running_heads: Iterable[str], cover_length: int, lexicon: Lexicon
) -> AgencyName | None:
    """The line of the cover that a running head or the text uses again as a name, None where none is."""
    texts = [block.text for block in document.blocks if isinstance(block, TextBlock) and block.text.strip()]
    heads = [thai_skeleton(head) for head in running_heads]
    later = texts[cover_length:]
    short = {thai_skeleton(match["name"]) for text in later for match in _CUT_SHORT.finditer(text)}
    for line in (normalize_value(line) for text in texts[:cover_length] for line in text.split("\n")):
        key = thai_skeleton(line)
        if len(key) < MIN_LETTERS or len(line) > MAX_CHARS or not "ก" <= line[0] <= "ฮ":
            continue
        best = next(iter(match_heading(line, lexicon)), None)
        if (best is not None and best.score >= UNKNOWN_BELOW) or _SENTENCE.search(line) or find_dates(line):
            continue
        again = sum(key in thai_skeleton(text) for text in later)
        is_short = any(_ends_with_front(other, key) for other in short)
        if any(key in head for head in heads) or again >= 2 or is_short:
            kind = AgencyType.STATE_ENTERPRISE if line.startswith(_ENTERPRISE) else None
            return AgencyName(name=line, agency_type=kind, known=False)
    return None
