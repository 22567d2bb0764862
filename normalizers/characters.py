"""The classes of Thai characters that the normalizers share, as regular expression fragments and sets."""

from __future__ import annotations

import re
from typing import Final

SARA_A: Final = "\N{THAI CHARACTER SARA A}"
MAI_HAN_AKAT: Final = "\N{THAI CHARACTER MAI HAN-AKAT}"
SARA_AA: Final = "\N{THAI CHARACTER SARA AA}"
SARA_AM: Final = "\N{THAI CHARACTER SARA AM}"
SARA_E: Final = "\N{THAI CHARACTER SARA E}"
SARA_AE: Final = "\N{THAI CHARACTER SARA AE}"
LAKKHANGYAO: Final = "\N{THAI CHARACTER LAKKHANGYAO}"
MAIYAMOK: Final = "\N{THAI CHARACTER MAIYAMOK}"
PAIYANNOI: Final = "\N{THAI CHARACTER PAIYANNOI}"
NIKHAHIT: Final = "\N{THAI CHARACTER NIKHAHIT}"
THANTHAKHAT: Final = "\N{THAI CHARACTER THANTHAKHAT}"
MAITAIKHU: Final = "\N{THAI CHARACTER MAITAIKHU}"
PHINTHU: Final = "\N{THAI CHARACTER PHINTHU}"

# Fragments for the inside of a [...] class.
CONSONANTS: Final = "\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER HO NOKHUK}"
TONES: Final = "\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}"
TONE_MARKS: Final = "".join(chr(code) for code in range(0x0E48, 0x0E4D))  # the four tones and thanthakhat
UPPER_VOWELS: Final = MAI_HAN_AKAT + "\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER SARA UEE}"
LOWER_VOWELS: Final = "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}"
LEADING_VOWELS: Final = "\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER SARA AI MAIMALAI}"
MARKS: Final = MAI_HAN_AKAT + "\N{THAI CHARACTER SARA I}-" + PHINTHU + MAITAIKHU + "-\N{THAI CHARACTER YAMAKKAN}"
THAI_DIGITS: Final = "\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}"
THAI_LETTERS: Final = "\N{THAI CHARACTER KO KAI}-" + PHINTHU + SARA_E + "-\N{THAI CHARACTER YAMAKKAN}"
THAI: Final = "\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER KHOMUT}"

INVISIBLE: Final = (
    "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}-\N{INVISIBLE PLUS}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}"
    "\N{ZERO WIDTH NO-BREAK SPACE}"
)
CONTROLS: Final = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"


def members(fragment: str) -> frozenset[str]:
    """The Thai characters that a fragment stands for.

    >>> sorted(members(LEADING_VOWELS)) == ["เ", "แ", "โ", "ใ", "ไ"]
    True
    """
    return frozenset(re.findall(f"[{fragment}]", "".join(map(chr, range(0x0E00, 0x0E80)))))
