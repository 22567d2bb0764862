"""Numbers checked glyph by glyph: what the engine read beside what the ink shows, doubt kept where the two differ."""

from __future__ import annotations

import re
from dataclasses import replace

import cv2
import numpy as np

from extractors.ocr.engine import GrayImage, OcrWord
from extractors.ocr.glyphs import ARABIC_DIGITS, CLASSES, OTHER, SIGNS, THAI_DIGITS, Features, Glyph, name_glyphs
from extractors.ocr.imaging import PAPER
from extractors.ocr.inkmap import InkMap
from extractors.ocr.textlines import Pieces
from extractors.ocr.touching import TOUCHING_WIDTH, part_touching

SURE_GLYPH = 0.85
"""Probability from which a glyph's name stands against the engine's: on unseen fonts 99 % of those are right."""
SURE_ALONE = 0.9
"""The same where the engine saw a letter."""
LENIENCE = 0.03
"""By how much the weakest digit may be less sure for each other digit of a number that is sure on the whole."""
NUMERIC = 0.75
"""Probability of any digit or sign from which a glyph counts as part of a number."""
DOUBT = 0.6
"""Confidence of a word whose glyphs say otherwise and are not sure either."""
OVERRULED = 0.8
"""Share of the glyphs' probability that a corrected word keeps: two readers differed."""
SCRIPT_LEAD = 1.0
"""Log-likelihood by which one script's digits must lead; else the engine's script stays. No number mixes both."""
SAME_COLUMN = 0.5
"""Share of the narrower piece that two pieces of one glyph have in common sideways."""
LONGEST_NUMBER = 40
LEAST_PART = 2
"""Digits and signs at a word's end from which they are taken for a number of its own."""
SHORT_LATIN = 5
"""Latin words up to this length are looked at: engines read Thai digits as eo, loo or ORO."""

_MARK = re.compile("[\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}"
                   "\N{THAI CHARACTER MAITAIKHU}-\N{THAI CHARACTER YAMAKKAN}]")  # fmt: skip
_ODD = frozenset("@©®«»&|~^{}<>€£¥°•*$#!\\")
"""What engines make of Thai digits that they do not know; plans hardly use them."""
_LOOK_ALIKE = frozenset("oOlIeEbBdDaGgqQsSzZxm") | frozenset("ฅดตคๆฒฆทขชซธลณฯฌฑ")
_NEVER_ALONE = frozenset("ฅฒฆซฌฑธทลตด")
"""Letters that are neither words nor numbers of the first items of a list."""
_DIGITS = frozenset(THAI_DIGITS + ARABIC_DIGITS)
_THAI = np.array([CLASSES.index(char) for char in THAI_DIGITS])
_ARABIC = np.array([CLASSES.index(char) for char in ARABIC_DIGITS])
_SIGN = np.array([CLASSES.index(char) for char in SIGNS])
_OTHER = CLASSES.index(OTHER)


def may_hold_digits(text: str) -> bool:
    """Whether a word is worth a look at its glyphs: it has a digit, or what engines make of digits."""
    spacing = _MARK.sub("", text)
    if len(spacing) > LONGEST_NUMBER:
        return False
    if any(char in _DIGITS or char in _ODD for char in spacing):
        return True
    plain = [char for char in spacing if char not in SIGNS]
    if len(plain) <= SHORT_LATIN and all("A" <= char <= "z" for char in plain):
        return True
    return len(plain) <= 4 and all(char in _LOOK_ALIKE for char in plain)


def cut_glyphs(pixels: GrayImage, ink_map: InkMap, pieces: Pieces, *, letter_px: float, baseline: float) -> list[Glyph]:
    """The glyphs that some ink of one line makes, from the left: each with the marks above and below it."""
    boxes = ink_map.boxes[pieces]
    columns: list[list[int]] = []
    reach: list[tuple[int, int]] = []
    for index in np.argsort(boxes[:, 0], kind="stable").tolist():
        left, right = int(boxes[index, 0]), int(boxes[index, 2])
        if columns:
            first, last = reach[-1]
            shared = min(last, right) - max(first, left)
            if shared >= SAME_COLUMN * min(last - first, right - left):
                columns[-1].append(index)
                reach[-1] = (first, max(last, right))
                continue
        columns.append([index])
        reach.append((left, right))
    glyphs = []
    for column in columns:
        own = pieces[column]
        box = ink_map.box_of(own)
        frame = box.grown(1, pixels.shape)
        near = np.asarray(cv2.dilate(ink_map.mask_of(own, frame), np.ones((3, 3), np.uint8)))
        glyphs.append(
            Glyph(
                pixels=np.where(near > 0, PAPER - frame.cut(pixels), 0).astype(np.uint8),
                top=(baseline - box.top) / letter_px,
                bottom=(baseline - box.bottom) / letter_px,
                width=box.width / letter_px,
            )
        )
    return glyphs


def check_digits(word: OcrWord, glyphs: list[Glyph], *, beside_number: bool = False) -> tuple[OcrWord, bool]:
    """The word with its digits as their glyphs show them, and whether it is a number through and through.

    Signs and letters beside digits stay the engine's, unless every glyph of the word is part of a number. A word
    ``beside_number``, which has a number in Thai digits next to it, may well be one itself.
    """
    if not glyphs:
        return word, False
    found = name_glyphs(glyphs)
    if _may_touch(word.text, glyphs, found):
        glyphs = part_touching(glyphs, found[:, _OTHER])
        found = name_glyphs(glyphs)
    numeric = 1 - found[:, _OTHER]
    names = _name_in_one_script(found, word.text)
    if (numeric >= NUMERIC).all() and any(name in _DIGITS for name, _ in names):
        return _check_number(word, names, beside_number=beside_number)
    return _check_part(word, found, names) or _check_mixed(word, found, names), False


def _check_part(word: OcrWord, found: Features, names: list[tuple[str, float]]) -> OcrWord | None:
    """A word that begins or ends with a number, the rest letters of which there are as many as glyphs; None if not."""
    is_numeric = (1 - found[:, _OTHER] >= NUMERIC).tolist()
    if all(is_numeric):  # signs alone
        return None
    head = is_numeric.index(False)
    tail = is_numeric[::-1].index(False)
    units = [index for index, char in enumerate(word.text) if not _MARK.match(char) and not char.isspace()]
    for length, is_head in ((head, True), (tail, False)):
        letters = len(names) - length
        if (
            length < LEAST_PART
            or letters >= len(units)
            or any(is_numeric[length:] if is_head else is_numeric[:letters])
        ):
            continue
        cut = units[len(units) - letters] if is_head else units[letters]
        number, rest = (word.text[:cut], word.text[cut:]) if is_head else (word.text[cut:], word.text[:cut])
        if not all(_is_thai_letter(char) for char in rest):
            continue
        mended, is_number = _check_number(
            replace(word, text=number), names[:length] if is_head else names[letters:], beside_number=False
        )
        if is_number:
            return replace(mended, text=mended.text + rest if is_head else rest + mended.text)
    return None


def _is_thai_letter(char: str) -> bool:
    return "ก" <= char <= "\N{THAI CHARACTER YAMAKKAN}" and char not in _DIGITS and char != "฿"


def _name_in_one_script(found: Features, text: str) -> list[tuple[str, float]]:
    """The best name of each glyph and its probability; digits all Thai or all Arabic."""
    is_digit = found[:, _THAI].sum(axis=1) + found[:, _ARABIC].sum(axis=1) >= NUMERIC
    chosen = found[is_digit]
    lead = float(
        (np.log(chosen[:, _THAI].max(axis=1) + 1e-3) - np.log(chosen[:, _ARABIC].max(axis=1) + 1e-3)).sum()
        if len(chosen)
        else 0.0
    )
    if abs(lead) < SCRIPT_LEAD:
        counts = [sum(char in script for char in text) for script in (THAI_DIGITS, ARABIC_DIGITS)]
        lead = counts[0] - counts[1] or lead
    digits, others = (_THAI, _ARABIC) if lead >= 0 else (_ARABIC, _THAI)
    one_script = found.copy()
    one_script[:, others] = 0
    # what looks like a digit of the other script may be this one's; no more than half of that counts
    room = one_script.sum(axis=1, keepdims=True) + 0.5 * found[:, others].sum(axis=1, keepdims=True)
    one_script /= np.maximum(room, 1e-6)
    best = one_script[:, np.concatenate([digits, _SIGN, [_OTHER]])]
    order = [*digits.tolist(), *_SIGN.tolist(), _OTHER]
    return [(CLASSES[order[int(row.argmax())]], float(row.max())) for row in best]


def _check_number(word: OcrWord, names: list[tuple[str, float]], *, beside_number: bool) -> tuple[OcrWord, bool]:
    """A word all of whose glyphs are digits and signs."""
    shown = "".join(name for name, _ in names)
    read = word.text
    digits = [(name, probability) for name, probability in names if name in _DIGITS]
    if not digits:  # signs in front of or behind letters
        return word, False
    if _same_digits(shown, read):
        return word, True
    least = min(probability for _, probability in digits)
    mean = sum(probability for _, probability in digits) / len(digits)
    needed = SURE_GLYPH if beside_number and _all_thai(digits) else _needed(read, shown, digits)
    if mean >= needed and least >= needed - LENIENCE * (len(digits) - 1):
        text = _merge_signs(shown, read) if len(shown) == len(read) else shown
        return replace(word, text=text, confidence=OVERRULED * mean, lowest=OVERRULED * least), True
    if any(char in _DIGITS for char in read):
        return _doubted(_replace_aligned(word, names) if len(shown) == len(read) else word), mean >= SURE_GLYPH
    return word, False


def _all_thai(digits: list[tuple[str, float]]) -> bool:
    return all(name in THAI_DIGITS for name, _ in digits)


def _may_touch(text: str, glyphs: list[Glyph], found: Features) -> bool:
    """Whether a number may have digits that run together: a wide glyph that is none among what else is a number."""
    other = found[:, _OTHER] > 1 - NUMERIC
    if not other.any() or all(glyph.width < TOUCHING_WIDTH for glyph in glyphs):
        return False
    spacing = [char for char in _MARK.sub("", text) if not char.isspace()]
    digits = sum(char in _DIGITS or char in SIGNS for char in spacing)
    return len(glyphs) <= len(spacing) and digits >= 2 and digits >= 0.7 * len(spacing)


def _needed(read: str, shown: str, digits: list[tuple[str, float]]) -> float:
    """How sure the glyphs must be to overrule a reading; more than 1 where they never may."""
    if any(char in _DIGITS or char in _ODD for char in read):
        return SURE_GLYPH
    if not read:
        return SURE_ALONE
    if _all_thai(digits) and read.isascii() and len(read) != len(shown):  # letters of which there are too many
        return SURE_GLYPH
    if digits[0][0] not in THAI_DIGITS:  # o, l and the like may be just that
        return 2.0
    if len(digits) >= 2 and any(name != "๐" for name, _ in digits):
        return SURE_ALONE
    return SURE_ALONE if len(digits) == 1 and any(char in _NEVER_ALONE for char in read) else 2.0


def _same_digits(shown: str, read: str) -> bool:
    return [char for char in shown if char in _DIGITS] == [char for char in read if char in _DIGITS] and not any(
        char in _ODD or char.isalpha() for char in read
    )


def _merge_signs(shown: str, read: str) -> str:
    """Digits from the glyphs, signs from the engine, which knows more of them."""
    return "".join(
        mine if mine in _DIGITS or theirs in _DIGITS or theirs.isalpha() or theirs in _ODD else theirs
        for mine, theirs in zip(shown, read, strict=True)
    )


def _replace_aligned(word: OcrWord, names: list[tuple[str, float]]) -> OcrWord:
    """A number of as many characters as glyphs, with the digits changed of which the glyphs are sure."""
    text = "".join(
        name if name in _DIGITS and probability >= SURE_GLYPH and theirs in (_DIGITS | _ODD) else theirs
        for (name, probability), theirs in zip(names, word.text, strict=True)
    )
    return replace(word, text=text)


def _doubted(word: OcrWord) -> OcrWord:
    return replace(word, confidence=min(word.confidence, DOUBT), lowest=min(word.lowest, DOUBT))


def _check_mixed(word: OcrWord, found: Features, names: list[tuple[str, float]]) -> OcrWord:
    """A word of letters and digits: each digit beside the glyph that stands in its place."""
    places = [index for index, char in enumerate(word.text) if not _MARK.match(char) and not char.isspace()]
    pairs = _align(found, [word.text[index] for index in places])
    letters = list(word.text)
    changed: list[float] = []
    in_doubt = False
    letters_for_digits = 0
    for unit, glyph in pairs:
        name, probability = names[glyph]
        char = word.text[places[unit]]
        letters_for_digits += char in _DIGITS and name == OTHER and probability >= SURE_ALONE
        if name not in _DIGITS or name == char:
            continue
        if (char in _DIGITS and probability >= SURE_GLYPH) or (char in _ODD and probability >= SURE_ALONE):
            letters[places[unit]] = name
            changed.append(probability)
        elif char in _DIGITS and float(found[glyph, CLASSES.index(char)]) < 0.5:
            in_doubt = True
    if changed:
        sure = OVERRULED * min(changed)
        word = replace(
            word, text="".join(letters), confidence=min(word.confidence, sure), lowest=min(word.lowest, sure)
        )
    return _doubted(word) if in_doubt or letters_for_digits >= 2 else word


def _align(found: Features, units: list[str]) -> list[tuple[int, int]]:
    """Which glyph stands for which character: the pairing in order that suits both best."""
    skip = -2.0
    kinds = {"digit": found[:, _THAI].sum(axis=1) + found[:, _ARABIC].sum(axis=1), "sign": found[:, _SIGN].sum(axis=1)}
    kinds["other"] = found[:, _OTHER]
    suits = {kind: np.log(share + 0.05) for kind, share in kinds.items()}
    score = np.zeros((len(units) + 1, len(found) + 1))
    score[:, 0] = skip * np.arange(len(units) + 1)
    score[0, :] = skip * np.arange(len(found) + 1)
    for row, char in enumerate(units, start=1):
        suit = suits["digit" if char in _DIGITS else "sign" if char in SIGNS else "other"]
        if char in _ODD:
            suit = np.maximum(suit, suits["digit"])
        exact = found[:, CLASSES.index(char)] if char in CLASSES else None
        for column in range(1, len(found) + 1):
            match = suit[column - 1] + (0.5 * exact[column - 1] if exact is not None else 0.0)
            score[row, column] = max(
                score[row - 1, column - 1] + match, score[row - 1, column] + skip, score[row, column - 1] + skip
            )
    pairs = []
    row, column = len(units), len(found)
    while row and column:
        if score[row, column] == score[row - 1, column] + skip:
            row -= 1
        elif score[row, column] == score[row, column - 1] + skip:
            column -= 1
        else:
            row, column = row - 1, column - 1
            pairs.append((row, column))
    return pairs[::-1]
