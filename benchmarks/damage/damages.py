"""Each kind of damage, applied by code to sound Thai."""

# ruff: noqa: E501  (one case per line reads as a table)

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from normalizers.repair import DamageKind as K

C = "[\u0e01-\u0e2e]"
TONE = "[\u0e48-\u0e4b]"
MARK = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
Damage = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A damage, the kinds that may be named for it (the first one must be), and whether it can be mended."""

    name: str
    apply: Damage
    kinds: tuple[K, ...]
    recoverable: bool = True


def _sub(pattern: str, to: str | Callable[[re.Match[str]], str], share: float = 1.0) -> Damage:
    def apply(text: str, chooser: random.Random) -> str:
        def one(match: re.Match[str]) -> str:
            if chooser.random() >= share:
                return match[0]
            return to(match) if callable(to) else match.expand(to)

        return re.sub(pattern, one, text)

    return apply


WINDOWS = {
    "\u0e48": "\uf70a", "\u0e49": "\uf70b", "\u0e4a": "\uf70c", "\u0e4b": "\uf70d", "\u0e4c": "\uf70e",
    "\u0e31": "\uf710", "\u0e34": "\uf701", "\u0e35": "\uf702", "\u0e36": "\uf703", "\u0e37": "\uf704",
    "\u0e47": "\uf712", "\u0e38": "\uf718", "\u0e39": "\uf719", "ญ": "\uf70f", "ฐ": "\uf700",
}  # fmt: skip
MAC = {
    "\u0e31": "\uf884", "\u0e34": "\uf885", "\u0e35": "\uf886", "\u0e36": "\uf887", "\u0e37": "\uf888",
    "\u0e47": "\uf889", "\u0e48": "\uf88b", "\u0e49": "\uf88e", "\u0e4a": "\uf891", "\u0e4b": "\uf894",
    "\u0e4c": "\uf897",
}  # fmt: skip


def _mojibake(text: str, _chooser: random.Random) -> str:
    return text.encode("tis-620").decode("latin-1")


def _utf8(text: str, _chooser: random.Random) -> str:
    return text.encode("utf-8").decode("latin-1")


def _spaced(text: str, _chooser: random.Random) -> str:
    """Letters of every sixth phrase apart, two spaces between phrases."""
    phrases = text.split(" ")
    for index in range(0, len(phrases), 6):
        phrases[index] = " ".join(re.findall(f"[\u0e01-\u0e46]{MARK}*", phrases[index]))
    return "  ".join(phrases)


def _no_unicode(text: str, _chooser: random.Random) -> str:
    codes = {char: chr(1 + index % 90) for index, char in enumerate(sorted(set(text)))}
    return "".join(codes[char] for char in text)


CASES = (
    Case(name="am_split (space before the whole vowel)", apply=_sub(f"(?<={C})({TONE}?)ำ", r" \1ำ"), kinds=(K.AM_SPLIT,)),
    Case(name="am_split (space and sara aa)", apply=_sub("ำ", " า"), kinds=(K.AM_SPLIT,)),
    Case(name="am_split (a third of the places)", apply=_sub("ำ", " า", 0.33), kinds=(K.AM_SPLIT,)),
    Case(name="am_decomposed", apply=_sub(f"({TONE}?)ำ", "\u0e4d\\1า"), kinds=(K.AM_DECOMPOSED,)),
    Case(name="am_decomposed (tone first)", apply=_sub("ำ", "\u0e4dา"), kinds=(K.AM_DECOMPOSED,)),
    Case(name="am_doubled", apply=_sub("ำ", "ำา"), kinds=(K.AM_DOUBLED,)),
    Case(name="am_lost", apply=_sub("ำ", "า"), kinds=(K.AM_LOST,)),
    Case(name="am_lost (sara aa and a space)", apply=_sub("ำ(?=[\u0e01-\u0e46])", "า "), kinds=(K.AM_LOST,)),
    Case(name="aa_as_am", apply=_sub("า", "ำ"), kinds=(K.AA_AS_AM,)),
    Case(name="aa_as_am with am_split", apply=lambda t, c: t.replace("ำ", "\0").replace("า", "ำ").replace("\0", " ำ"),
         kinds=(K.AA_AS_AM, K.AM_SPLIT)),
    Case(name="private_use (Windows)", apply=lambda t, _: t.translate(str.maketrans(WINDOWS)), kinds=(K.PRIVATE_USE,)),
    Case(name="private_use (Mac OS)", apply=lambda t, _: t.translate(str.maketrans(MAC)), kinds=(K.PRIVATE_USE,)),
    Case(name="tone_order", apply=_sub("([\u0e31\u0e34-\u0e39])([\u0e48-\u0e4c])", r"\2\1"), kinds=(K.TONE_ORDER,)),
    Case(name="mark_shifted", apply=_sub(f"({C})({MARK}+)({C})(?!{MARK})", r"\1\3\2", 0.5),
         kinds=(K.MARK_SHIFTED, K.DOUBLED_GLYPHS, K.TONE_ORDER, K.SPACE_BEFORE_MARK, K.AM_LOST)),
    Case(name="mark_shifted (and a space)", apply=_sub(f"({C})({MARK}+)({C})(?=[\u0e01-\u0e30\u0e40-\u0e44])", r"\1\3\2 ", 0.5),
         kinds=(K.MARK_SHIFTED, K.DOUBLED_GLYPHS, K.TONE_ORDER, K.SPACE_BEFORE_MARK, K.AM_LOST, K.AM_SPLIT, K.MARK_ORPHAN, K.GARBAGE)),
    Case(name="mark_shifted (past sara aa)", apply=_sub(f"({C})({TONE})า", r"\1า\2"), kinds=(K.MARK_SHIFTED,)),
    Case(name="space_before_mark", apply=_sub(f"(?<={C})({MARK})", r" \1", 0.2), kinds=(K.SPACE_BEFORE_MARK,)),
    Case(name="newline before mark", apply=_sub(f"(?<={C})({MARK})", "\n\\1", 0.1), kinds=(K.SPACE_BEFORE_MARK,)),
    Case(name="doubled_glyphs", apply=_sub(f"({MARK})", r"\1\1", 0.7), kinds=(K.DOUBLED_GLYPHS,)),
    Case(name="doubled_clusters", apply=_sub(f"({C}{MARK}+)({C})(?!{MARK})", r"\1\2\1", 0.3),
         kinds=(K.DOUBLED_CLUSTERS, K.DOUBLED_GLYPHS)),
    Case(name="stand_ins (Latin-1)", apply=lambda t, _: t.translate({0x0E48: "É", 0x0E49: "Ê"}), kinds=(K.STAND_INS,)),
    Case(name="stand_ins (ASCII)", apply=lambda t, _: t.translate({0x0E48: "&", 0x0E49: "4"}), kinds=(K.STAND_INS,)),
    Case(name="stand_ins (control character)", apply=lambda t, _: t.replace("ำ", "\x12า"), kinds=(K.STAND_INS,)),
    Case(name="stand_ins (replacement character)", apply=lambda t, _: t.replace("\u0e48", "\ufffd"), kinds=(K.STAND_INS,)),
    Case(name="stand_ins (Lao)", apply=lambda t, _: t.replace("เ", "\u0e3c").replace("ู่", "\u0eb8"), kinds=(K.STAND_INS,)),
    Case(name="tone_as_uu", apply=_sub("(?<=[ปฝฟ])้", "ู"), kinds=(K.TONE_AS_UU,)),
    Case(name="lookalikes (two sara e)", apply=lambda t, _: t.replace("แ", "เเ"), kinds=(K.LOOKALIKES,)),
    Case(name="mojibake (TIS-620)", apply=_mojibake, kinds=(K.MOJIBAKE,)),
    Case(name="mojibake (UTF-8)", apply=_utf8, kinds=(K.MOJIBAKE,)),
    Case(name="spaced_letters", apply=_spaced, kinds=(K.SPACED_LETTERS,)),
    Case(name="control_characters", apply=_sub(" ", " \x02"), kinds=(K.CONTROL_CHARACTERS,)),
    Case(name="invisible_characters", apply=_sub("(?<=น)(?=[ก-ฮ])", "\u200b"), kinds=(K.INVISIBLE_CHARACTERS,)),
    Case(name="marks_lost", apply=_sub(MARK, ""), kinds=(K.MARKS_LOST, K.AM_LOST, K.GARBAGE), recoverable=False),
    Case(name="no character map", apply=_no_unicode, kinds=(K.CONTROL_CHARACTERS, K.NO_THAI, K.GARBAGE, K.STAND_INS),
         recoverable=False),
    Case(name="cid codes", apply=lambda t, _: re.sub(".", lambda m: f"(cid:{ord(m[0]) % 300})", t),
         kinds=(K.CID_CODES,), recoverable=False),
)  # fmt: skip
