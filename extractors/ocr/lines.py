"""Text lines read: first as they are, doubtful ones a second time at another scale; marks put in their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.ocr.digits import check_digits, cut_glyphs, may_hold_digits
from extractors.ocr.engine import GrayImage, OcrEngine, OcrWord, PixelBox, ReadMode
from extractors.ocr.glyphs import THAI_DIGITS
from extractors.ocr.imaging import PAPER
from extractors.ocr.inkmap import LEADER_DOTS, SPECK_INCH, InkMap
from extractors.ocr.marks import Mark
from extractors.ocr.spelling import count_faults, is_short_latin, is_sound_thai, point_list_number
from extractors.ocr.stacks import mend_stacks
from extractors.ocr.strokes import measure_line_stroke
from extractors.ocr.textlines import Pieces, TextLine, find_text_lines, line_frame, split_line
from extractors.ocr.wordink import WORD_GAP, share_ink

CUT_INCH = 0.015
"""White space kept around the ink of a line: soft edges belong to the glyphs."""
MARGIN_PX = 8
"""White space added around a line at its own scale. Measured on ten kinds of print: with 4 a fifth more errors."""
SECOND_LETTER_PX = 36
"""Letter height of the second look. Measured on lines of plans: looks at two scales fail on different glyphs."""
RAW_MARGIN_PX = 4
"""Margin of the last look, in which the engine takes the picture as it is: wider ones ruin it at the line's start."""
SURE = 0.85
"""A line whose weakest piece is at least this sure is not read again: 93 % of the errors are in the others."""
FAULT = 0.2
"""What an impossible spelling takes from a reading's confidence when readings are compared."""
DOUBTFUL = 0.8
"""A word whose weakest piece is less sure is asked again, alone: mostly Latin taken for Thai or the reverse."""
SOUND_THAI = 0.78
"""How sure the Thai reading of a few Latin letters must be: Latin words reach 0.76, misread Thai begins at 0.79."""
SURE_LATIN, UNSURE = 0.9, 0.5
"""How sure an acronym at the end of a Thai word is, and how unsure the Latin reading of the Thai before it."""
CHANGE_OF_MIND = 0.04
"""How much surer another reading has to be."""
MIN_LATIN = 2
"""A single Latin letter is not believed: Thai digits look like x, a and @ to the Latin model."""
UNREAD_SIZE, UNREAD_TRUST = 0.45, 0.7
"""Ink that the engine passed over is looked at when it is this many letter heights large, and believed when the new
reading is surer than this."""
STROKES = frozenset({"|", "¦", "||"})
BULLET = "\N{BULLET}"
BULLET_GAP, BULLET_MIN, BULLET_MAX, BULLET_FILL = 0.3, 0.2, 0.8, 0.66
"""A bullet in letter heights: the space after it and its size; a filled circle covers 0.79 of its box."""
BULLET_RISE = (0.25, 0.9)
"""How high above the baseline the middle of a bullet is; a full stop's is at 0.1."""
MARK_CONFIDENCE = 0.98
"""Trust in a mark told from its shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrLine:
    """A text line: its words from left to right, in pixels of the upright page; letter height and baseline too.

    ``stroke`` is the thickness of its letters' strokes in letter heights, None where the ink does not tell.
    """

    words: tuple[OcrWord, ...]
    letter_px: float
    baseline: float
    stroke: float | None = None

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def bbox(self) -> PixelBox:
        """The box around the words."""
        return PixelBox(
            min(word.bbox.left for word in self.words),
            min(word.bbox.top for word in self.words),
            max(word.bbox.right for word in self.words),
            max(word.bbox.bottom for word in self.words),
        )

    def moved(self, dx: int, dy: int) -> OcrLine:
        """The same line elsewhere."""
        words = tuple(replace(word, bbox=word.bbox.moved(dx, dy)) for word in self.words)
        return replace(self, words=words, baseline=self.baseline + dy)

    @property
    def confidence(self) -> float:
        """Mean over the characters."""
        characters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / characters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineReader:
    """Reads ink of a page: ``pixels`` is its grey picture without lines, ``usual_px`` its usual letter height."""

    pixels: GrayImage
    ink_map: InkMap
    dpi: float
    usual_px: float | None
    engine: OcrEngine

    def read(self, pieces: Pieces) -> list[OcrLine]:
        """The lines that some ink of one column makes, from the top."""
        lines = []
        for line in find_text_lines(self.ink_map, pieces, dpi=self.dpi, usual_px=self.usual_px):
            words = []
            for number, part in enumerate(split_line(self.ink_map, line)):
                bullet, text = self._split_bullet(line, part) if number == 0 else (None, part)
                words += [] if bullet is None else [bullet]
                words += self._read_part(line, text) if self._holds_text(text) else ()
            words = _without_edges(words)
            if len(words) > 1:
                words[0] = replace(words[0], text=point_list_number(words[0].text, words[1].text))
            if words:
                stroke = measure_line_stroke(self.ink_map, line.pieces, line.letter_px)
                lines.append(
                    OcrLine(words=tuple(words), letter_px=line.letter_px, baseline=line.baseline, stroke=stroke)
                )
        return lines

    def _holds_text(self, part: Pieces) -> bool:
        """Whether a part of a line is more than a speck or two far from everything else."""
        if len(part) == 0:
            return False
        size = (self.ink_map.boxes[part, 2:] - self.ink_map.boxes[part, :2]).max(axis=1)
        return len(part) >= LEADER_DOTS or bool((size > SPECK_INCH * self.dpi).any())

    def _split_bullet(self, line: TextLine, part: Pieces) -> tuple[OcrWord | None, Pieces]:
        """The round bullet in front of a line, which the engine takes for a digit, and the ink after it."""
        boxes = self.ink_map.boxes[part]
        first = int(np.argmin(boxes[:, 0]))
        left, top, right, bottom = (int(value) for value in boxes[first])
        rest = np.delete(part, first)
        gap = boxes[np.arange(len(part)) != first, 0].min() - right if len(rest) else 0
        width, height = right - left, bottom - top
        rise = (line.baseline - (top + bottom) / 2) / line.letter_px
        is_bullet = (
            len(rest) > 0
            and gap >= BULLET_GAP * line.letter_px
            and BULLET_MIN * line.letter_px <= min(width, height)
            and max(width, height) <= min(BULLET_MAX * line.letter_px, 1.35 * min(width, height))
            and self.ink_map.areas[part[first]] >= BULLET_FILL * width * height
            and BULLET_RISE[0] <= rise <= BULLET_RISE[1]
        )
        if not is_bullet:
            return None, part
        box = PixelBox(left, top, right, bottom)
        return OcrWord(text=BULLET, bbox=box, confidence=MARK_CONFIDENCE, lowest=MARK_CONFIDENCE), rest

    def _read_part(self, line: TextLine, part: Pieces) -> tuple[OcrWord, ...]:
        frame = line_frame(self.ink_map, line, part).grown(max(2, round(CUT_INCH * self.dpi)), self.pixels.shape)
        pixels = self._only(part, frame)
        larger = SECOND_LETTER_PX / line.letter_px
        words: tuple[OcrWord, ...] = ()
        for mode, scale, margin in (
            (ReadMode.LINE, 1.0, MARGIN_PX),
            (ReadMode.LINE_AGAIN, larger, MARGIN_PX),
            (ReadMode.RAW_LINE, 1.0, RAW_MARGIN_PX),
        ):
            other = _read(self.engine, pixels, scale, margin, mode)
            if not words or _standing(other) > _standing(words):
                words = other
            if _standing(words) >= SURE:
                break
        words = tuple(replace(word, bbox=word.bbox.moved(frame.left, frame.top)) for word in words)
        inks, unread = share_ink(words, self.ink_map, line, part)
        read = [self._second_thoughts(word, line, ink) for word, ink in zip(words, inks, strict=True)]
        read = self._beside_numbers(read, line, inks)
        found = [
            mend_stacks(word, self.ink_map, ink, letter_px=line.letter_px, baseline=line.baseline)
            for (word, _), ink in zip(read, inks, strict=True)
        ]
        found += [word for group in unread for word in self._read_unread(line, group)]
        return tuple(sorted(found, key=lambda word: word.bbox.left) if len(found) > len(words) else found)

    def _second_thoughts(self, word: OcrWord, line: TextLine, ink: Pieces) -> tuple[OcrWord, bool]:
        """A word with its digits checked, and whether it is a number; doubtful ones that are none are asked again."""
        is_number = False
        if may_hold_digits(word.text):
            word, is_number = self._check_digits(word, line, ink)
        if is_number or (word.lowest >= DOUBTFUL and not is_short_latin(word.text)):
            return word, is_number
        other = self._ask_again(word, line, ink)
        if other is not word and may_hold_digits(other.text):
            return self._check_digits(other, line, ink)
        return other, False

    def _beside_numbers(
        self, read: list[tuple[OcrWord, bool]], line: TextLine, inks: Sequence[Pieces]
    ) -> list[tuple[OcrWord, bool]]:
        """Letters beside a number in Thai digits that look like such digits are digits: parts of a telephone number."""
        numbers = [is_number and any(char in THAI_DIGITS for char in word.text) for word, is_number in read]
        return [
            self._check_digits(word, line, inks[index], beside_number=True)
            if not is_number and (any(numbers[max(0, index - 1) : index + 2])) and may_hold_digits(word.text)
            else (word, is_number)
            for index, (word, is_number) in enumerate(read)
        ]

    def _check_digits(
        self, word: OcrWord, line: TextLine, ink: Pieces, *, beside_number: bool = False
    ) -> tuple[OcrWord, bool]:
        glyphs = cut_glyphs(self.pixels, self.ink_map, ink, letter_px=line.letter_px, baseline=line.baseline)
        return check_digits(word, glyphs, beside_number=beside_number)

    def _read_unread(self, line: TextLine, group: Pieces) -> tuple[OcrWord, ...]:
        """Ink that the engine passed over: mostly lone digits."""
        box = self.ink_map.box_of(group)
        if max(box.width, box.height) < UNREAD_SIZE * line.letter_px:
            return ()
        nothing = OcrWord(text="", bbox=box, confidence=UNREAD_TRUST, lowest=UNREAD_TRUST)
        number, is_number = self._check_digits(nothing, line, group)
        if is_number:
            return (number,)
        word = self._ask_again(nothing, line, group)
        return (word,) if word.text else ()

    def _ask_again(self, word: OcrWord, line: TextLine, ink: Pieces) -> OcrWord:
        """A doubtful word read alone as Thai and as Latin script; the surest reading stays."""
        if len(ink) == 0:
            return word
        frame = line_frame(self.ink_map, line, ink).grown(max(2, round(CUT_INCH * self.dpi)), self.pixels.shape)
        pixels = self._only(ink, frame)
        best = word
        scale = SECOND_LETTER_PX / line.letter_px
        looks = (
            (ReadMode.THAI_LINE, 1.0, RAW_MARGIN_PX),
            (ReadMode.LATIN_LINE, 1.0, RAW_MARGIN_PX),
            (ReadMode.LATIN_LINE, scale, MARGIN_PX),
        )
        if word.lowest >= DOUBTFUL:
            return self._thai_instead(word, pixels)
        for mode, factor, margin in looks:
            words = _read(self.engine, pixels, factor, margin, mode)
            both = self._thai_and_latin(word, line, ink, words, frame) if mode is ReadMode.LATIN_LINE else None
            other = both or _joined(words)
            if other is None or (mode is ReadMode.LATIN_LINE and len(other.text) < MIN_LATIN):
                continue
            if trust(other) > trust(best) + CHANGE_OF_MIND:
                best = replace(other, bbox=word.bbox, line=word.line)
        return best

    def _thai_and_latin(
        self, word: OcrWord, line: TextLine, ink: Pieces, latin: Sequence[OcrWord], frame: PixelBox
    ) -> OcrWord | None:
        """A Thai word with an acronym behind it ("ระบบ VPN"), which one script alone cannot read; None if not."""
        if (
            len(latin) < 2
            or latin[-1].lowest < SURE_LATIN
            or latin[-2].lowest > UNSURE
            or not _is_acronym(latin[-1].text)
        ):
            return None
        boxes = self.ink_map.boxes[ink]
        is_thai = (boxes[:, 0] + boxes[:, 2]) / 2 < frame.left + latin[-1].bbox.left
        if not is_thai.any() or is_thai.all():
            return None
        thai_ink = ink[is_thai]
        own = line_frame(self.ink_map, line, thai_ink).grown(max(2, round(CUT_INCH * self.dpi)), self.pixels.shape)
        thai = _joined(_read(self.engine, self._only(thai_ink, own), 1.0, RAW_MARGIN_PX, ReadMode.THAI_LINE))
        if thai is None or thai.lowest < SOUND_THAI or not is_sound_thai(thai.text):
            return None
        gap = " " if boxes[~is_thai, 0].min() - boxes[is_thai, 2].max() > WORD_GAP * line.letter_px else ""
        both = _joined((thai, latin[-1]))
        assert both is not None
        return replace(both, text=thai.text + gap + latin[-1].text, bbox=word.bbox)

    def _thai_instead(self, word: OcrWord, pixels: GrayImage) -> OcrWord:
        """A few Latin letters that may be Thai: what Thai script makes of them where that is sound and Latin is not."""
        thai = _joined(_read(self.engine, pixels, 1.0, RAW_MARGIN_PX, ReadMode.THAI_LINE))
        if thai is None or thai.lowest < SOUND_THAI or not is_sound_thai(thai.text):
            return word
        latin = _joined(_read(self.engine, pixels, 1.0, RAW_MARGIN_PX, ReadMode.LATIN_LINE))
        again = trust(latin) if latin is not None else 0.0
        if trust(thai) > min(trust(word), again) + CHANGE_OF_MIND:
            return replace(thai, bbox=word.bbox, line=word.line)
        return word

    def _only(self, pieces: Pieces, frame: PixelBox) -> GrayImage:
        """The picture inside a frame with all other ink whited out."""
        foreign = np.full(len(self.ink_map.areas), PAPER, dtype=np.uint8)
        foreign[0] = 0
        foreign[pieces] = 0
        mask = foreign[frame.cut(self.ink_map.labels)]
        pixels = frame.cut(self.pixels)
        if mask.any():
            pixels = pixels.copy()
            pixels[cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0] = PAPER
        return pixels


def _without_edges(words: list[OcrWord]) -> list[OcrWord]:
    """The words of a line without upright strokes before and behind them: the shadow of a paper's edge, never text."""
    first = 1 if words and words[0].text in STROKES else 0
    last = len(words) - (1 if len(words) > first and words[-1].text in STROKES else 0)
    return words[first:last]


def _is_acronym(text: str) -> bool:
    letters = text.strip(",.()")
    return len(letters) >= MIN_LATIN and letters.isascii() and letters.isalpha() and letters.isupper()


def lowest(words: Sequence[OcrWord]) -> float:
    """Confidence of the weakest piece of some words; 0.0 without words."""
    return min((word.lowest for word in words), default=0.0)


def _standing(words: Sequence[OcrWord]) -> float:
    """How well a reading of a line stands: its weakest piece, less what cannot be spelled so."""
    return lowest(words) - FAULT * sum(count_faults(word.text) for word in words) if words else -1.0


def trust(word: OcrWord) -> float:
    """How far a reading is to be trusted: by its weakest piece and by its mean."""
    return (word.lowest + word.confidence) / 2


def _joined(words: Sequence[OcrWord]) -> OcrWord | None:
    """Words as one, with spaces between; None without any."""
    if not words:
        return None
    characters = sum(len(word.text) for word in words)
    return replace(
        words[0],
        text=" ".join(word.text for word in words),
        confidence=sum(word.confidence * len(word.text) for word in words) / characters,
        lowest=lowest(words),
    )


def _read(
    engine: OcrEngine, pixels: GrayImage, scale: float, margin: int, mode: ReadMode = ReadMode.LINE
) -> tuple[OcrWord, ...]:
    """The words of a line's picture read at a scale, with boxes in its own pixels."""
    if scale != 1.0:
        method = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=method), dtype=np.uint8)
    framed = np.pad(pixels, margin, constant_values=PAPER)
    return tuple(
        replace(word, bbox=PixelBox(*(round((value - margin) / scale) for value in word.bbox)))
        for word in engine.read_words(framed, mode)
    )


def place_marks(lines: Sequence[OcrLine], marks: Iterable[Mark]) -> list[OcrLine]:
    """The lines with each mark at its place; marks beside no line make lines of their own."""
    placed = list(lines)
    for mark in marks:
        word = OcrWord(text=mark.text, bbox=mark.bbox, confidence=MARK_CONFIDENCE, lowest=MARK_CONFIDENCE)
        home = _home_of(placed, mark.bbox)
        if home is None:
            at = sum(line.bbox.y_center < mark.bbox.y_center for line in placed)
            line = OcrLine(words=(word,), letter_px=float(mark.bbox.height), baseline=float(mark.bbox.bottom))
            placed.insert(at, line)
        else:
            words = sorted((*placed[home].words, word), key=lambda each: each.bbox.left)
            placed[home] = replace(placed[home], words=tuple(words))
    return placed


def _home_of(lines: Sequence[OcrLine], box: PixelBox) -> int | None:
    """The line that runs at a box's height, the nearest if several do."""
    best, best_distance = None, float("inf")
    for index, line in enumerate(lines):
        distance = abs(line.baseline - line.letter_px / 2 - box.y_center)
        if distance <= 0.6 * max(line.letter_px, box.height) and distance < best_distance:
            best, best_distance = index, distance
    return best


def text_of(lines: Iterable[OcrLine]) -> str:
    """The lines as text, one per line."""
    return "\n".join(line.text for line in lines)


def confidence_of(lines: Sequence[OcrLine]) -> float | None:
    """Mean confidence over the characters; None without any."""
    characters = sum(len(line.text) for line in lines)
    if characters == 0:
        return None
    return round(sum(line.confidence * len(line.text) for line in lines) / characters, 4)
