"""Readings of one line are weighed against each other, and no ink is passed over."""

from __future__ import annotations

import numpy as np

from extractors.ocr.engine import OcrWord, PixelBox, ReadMode
from extractors.ocr.imaging import straighten_page
from extractors.ocr.pageink import sort_ink
from extractors.ocr.rulings import find_rulings

from .drawing import as_page, blank, draw_text


class ScriptedEngine:
    """Answers by mode; ``answers`` maps a mode to (text, lowest, left, right) in shares of the picture's width."""

    name = version = options = "scripted"

    def __init__(self, **answers):
        self.answers = answers
        self.modes = []

    def read_words(self, image, mode):
        self.modes.append(mode)
        width = image.shape[1]
        return tuple(
            OcrWord(
                text=text,
                bbox=PixelBox(round(left * width), 2, round(right * width), image.shape[0] - 2),
                confidence=lowest,
                lowest=lowest,
            )
            for text, lowest, left, right in self._answer(mode, width)
        )

    def _answer(self, mode, width):
        answer = self.answers.get(mode.value, ())
        return answer(width) if callable(answer) else answer

    def close(self):
        pass


def _read(drawn, engine):
    pixels = blank(200, 1200)
    draw_text(pixels, 100, 60, drawn)
    page = straighten_page(as_page(pixels))
    page_ink = sort_ink(page, find_rulings(page))
    (line,) = page_ink.line_reader(engine).read(np.flatnonzero(page_ink.ink_map.areas))
    return line


def test_sure_reading_is_not_asked_twice():
    """A line that the engine is sure of costs one look."""
    engine = ScriptedEngine(line=[("แผนงาน", 0.95, 0, 1)])
    assert _read("แผนงาน", engine).text == "แผนงาน"
    assert engine.modes == [ReadMode.LINE]


def test_doubtful_line_is_looked_at_again_and_the_better_reading_stays():
    """Other scales are tried until one is sure; spelling that cannot be Thai counts against a reading."""
    engine = ScriptedEngine(
        line=[("แผนา'น", 0.8, 0, 1)], line_again=[("แผนงาน", 0.75, 0, 1)], raw_line=[("x", 0.1, 0, 1)]
    )
    assert _read("แผนงาน", engine).text == "แผนงาน"
    assert engine.modes[:3] == [ReadMode.LINE, ReadMode.LINE_AGAIN, ReadMode.RAW_LINE]


def test_thai_abbreviation_taken_for_latin():
    """A few Latin letters that Thai script reads soundly, and Latin script alone does not, are Thai."""
    answers = {"line": [("WA.", 0.9, 0, 1)], "thai_line": [("พ.ค.", 0.93, 0, 1)]}
    assert _read("พ.ค.", ScriptedEngine(**answers, latin_line=[("VLA.", 0.4, 0, 1)])).text == "พ.ค."
    assert _read("พ.ค.", ScriptedEngine(**answers, latin_line=[("WA.", 0.97, 0, 1)])).text == "WA."
    poor = {**answers, "thai_line": [("27๐ทา", 0.9, 0, 1)]}
    assert _read("พ.ค.", ScriptedEngine(**poor, latin_line=[("VLA.", 0.4, 0, 1)])).text == "WA."


def test_ink_that_the_engine_passed_over_is_read():
    """A number between two words for which the engine has no box is found in the ink."""
    engine = ScriptedEngine(line=[("ภายใน", 0.95, 0, 0.36), ("ชั่วโมง", 0.95, 0.6, 1)])
    assert _read("ภายใน ๒๔ ชั่วโมง", engine).text == "ภายใน ๒๔ ชั่วโมง"


def test_dust_that_the_engine_passed_over_stays_unread():
    """What no look can name for sure is not made up."""
    engine = ScriptedEngine(line=[("ภายใน", 0.95, 0, 0.5)], thai_line=[("ก", 0.4, 0, 1)])
    assert _read("ภายใน ฮฮ", engine).text == "ภายใน"


def test_acronym_behind_a_thai_word():
    """Where the engine takes both for one word, each part is read in its own script."""
    answers = {
        "line": [("ระบบง0ผ", 0.78, 0, 1)],
        "latin_line": [("gzuu", 0.0, 0, 0.5), ("VPN", 0.95, 0.55, 1)],
        "thai_line": lambda width: [("ระบบ", 0.95, 0, 1)] if width < 120 else [("ระบบง0ผ", 0.5, 0, 1)],
    }
    assert _read("ระบบ VPN", ScriptedEngine(**answers)).text == "ระบบ VPN"
    unsure = {**answers, "latin_line": [("gzuu", 0.0, 0, 0.5), ("VPN", 0.6, 0.55, 1)]}
    assert _read("ระบบ VPN", ScriptedEngine(**unsure)).text == "ระบบง0ผ"


def test_upright_strokes_around_a_line_are_no_text():
    """The shadow at a paper's edge is read as a stroke before or behind a line; one between words stays."""
    engine = ScriptedEngine(
        line=[("|", 0.9, 0, 0.02), ("แผน", 0.95, 0.05, 0.5), ("|", 0.9, 0.5, 0.52), ("งาน", 0.95, 0.55, 1)]
    )
    assert _read("แผนงาน", engine).text == "แผน | งาน"
