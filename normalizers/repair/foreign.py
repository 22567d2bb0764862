"""Pages without Thai: English, or the debris of a wrong code page or of OCR in the wrong language."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_REGULAR: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+s?")

# The letter pairs that make up nine tenths of English text. English prose, references and tables of names have 83 to 95
# per cent of their pairs among them, Thai pages read by English OCR 70 to 77, code page debris under 60.
_ENGLISH_PAIRS: Final = frozenset(
    re.findall(
        "..",
        "abacadagaialamanaparasataubabebiblbobucacechckclcocrctcudadedidodsea"
        "ecedeeefelemenepeqeresetevexfafefifofrfugegigrguhahehihohthuiaibicid"
        "ieifigiliminioipirisitjekelaldlelilllolsltlulymamemimlmmmompnancndne"
        "nfngninonsntnuocodogojolomonoooporosotouovowpapepiplpoppprpsptpupyqu"
        "rarcrergrirkrmrorsrtrurysascseshsisospssstsutatethtitotptrtstttutyua"
        "ubudueuguiulumunupurusutvaveviwawhwixtyoypyt",
    )
)
# What Windows-1252 has beyond ASCII and no text is made of; typographic marks and signs of measure are not among them.
_ODD: Final = re.compile(
    "[\u00a1-\u00af\u00b2-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2020\u2021\u2030\u2039\u203a\u20ac\u201a\u201e]"
)
_MIN_PAIRS: Final = 0.65
_DOUBTFUL_PAIRS: Final = 0.82
# Share of words with a capital in the middle ("UAviWW"): 4 per cent at most in English, 23 and more in debris.
_MAX_IRREGULAR: Final = 0.12
# Fewer letters cannot tell.
_MIN_LETTERS: Final = 40
_MIN_PAIR_COUNT: Final = 40


# What a font without a character map leaves: runs in which every third character or more is a sign.
_RUN: Final = re.compile(r"[!-~\x01-\x08\x0e-\x1f]{4,}")
_SIGN: Final = re.compile(r"[!\"#$%&'*+;<=>?\[\\\]^_`{|}~\x01-\x1f]")
_LEADER: Final = re.compile(r"(.)\1{2,}")
_MIN_SIGNS: Final = 1 / 3


def count_debris(text: str) -> int:
    """Characters in runs of signs and letters that are no word, filled lines ("@@@@", "....") counted once.

    Formulas and program code look alike: ask only where something else says that a font is broken.

    >>> count_debris("ภาค ()Z)(+)'%&* ปี")
    11
    """
    runs = _RUN.findall(_LEADER.sub(r"\1", text))
    return sum(len(run) for run in runs if len(_SIGN.findall(run)) >= _MIN_SIGNS * len(run))


def reads_as_garbage(text: str) -> bool:
    """Whether a text in foreign letters is no language: too few English letter pairs, or capitals inside words.

    False for English, for numbers, and for a text too short to tell.

    >>> reads_as_garbage("Business continuity plan of the regional office: roles, resources and recovery steps")
    False
    """
    odd = len(_ODD.findall(text))
    letters = sum(char.isalpha() for char in text)
    if odd >= _MIN_LETTERS and odd > letters / 3:
        return True
    digits = sum(char.isdigit() for char in text)
    if letters < max(_MIN_LETTERS, digits):
        return False
    words = _WORD.findall(text)
    if sum(map(len, words)) < letters / 2:
        return True
    pairs = [first + second for word in words for first, second in zip(word.lower(), word.lower()[1:], strict=False)]
    if len(pairs) < _MIN_PAIR_COUNT:
        return False
    english = sum(pair in _ENGLISH_PAIRS for pair in pairs) / len(pairs)
    irregular = sum(_REGULAR.fullmatch(word) is None for word in words) / len(words)
    return english < _MIN_PAIRS or (english < _DOUBTFUL_PAIRS and irregular > _MAX_IRREGULAR)
