"""Figures draw Thai with the project's font, and tables show texts as texts."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib import font_manager

from reports.analysis.figures import (
    FONT_FOLDER,
    draw_bars,
    draw_heat,
    draw_spans,
    letters_wide,
    use_thai_font,
    wrap_thai,
)
from reports.analysis.tables import NO_ROWS, Table, hours_in_words

STACKED = "ที่ปั๊มน้ำผู้ใหญ่ซึ้งกู้เชื้อเพลิง"


@pytest.fixture(autouse=True)
def _figures() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


def _ink(text: str) -> np.ndarray:
    """A word as pixels, dark on white."""
    figure = plt.figure(figsize=(2, 1), dpi=120, layout="none")
    figure.text(0.1, 0.4, text, fontsize=30)
    figure.canvas.draw()
    pixels: np.ndarray = np.asarray(figure.canvas.buffer_rgba())[:, :, 0] < 128  # type: ignore[attr-defined]
    return pixels


def test_the_font_has_every_thai_letter() -> None:
    """No letter or mark of the Thai block comes out as a box, in both weights."""
    thai = [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]
    for path in FONT_FOLDER.glob("*.ttf"):
        letters = font_manager.get_font(str(path)).get_charmap()
        assert not [hex(code) for code in thai if code not in letters], path.name


def test_stacked_marks_stand_over_each_other() -> None:
    """A tone mark over a vowel stands higher than over a bare consonant: without shaping it would fall on the vowel."""
    use_thai_font()
    bare, stacked = _ink("ก่"), _ink("กี่")
    assert np.flatnonzero(stacked.any(axis=1))[0] < np.flatnonzero(bare.any(axis=1))[0] - 2


def test_figures_are_drawn_without_a_missing_letter() -> None:
    """Heat map, bars and spans draw with Thai names; a missing letter would be a warning."""
    use_thai_font()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = pd.DataFrame([[1.0, float("nan")], [0.0, 0.5]], index=[STACKED, "ข"], columns=["2.1", STACKED])
        heat = draw_heat(table, title=STACKED, as_percent=True)
        bars = draw_bars({STACKED: 3, "ข": 0}, title="ทดสอบ", unit="แผน")
        spans = draw_spans([STACKED], [(1, 4, 24)], title="ทดสอบ", ticks={1: "1 ชั่วโมง", 24: "1 วัน"})
        for figure in (heat, bars, spans):
            figure.canvas.draw()
    cells = [text.get_text() for text in heat.axes[0].texts]
    assert cells == ["100%", "?", "0%", "50%"]
    empty = draw_bars({}, title="ไม่มีข้อมูล", unit="แผน")
    empty.canvas.draw()


def test_labels_break_between_words() -> None:
    """No line grows past the width, no word is cut, and marks take no room."""
    text = "การวิเคราะห์ผลกระทบต่อกระบวนการทำงานหรือการให้บริการ"
    lines = wrap_thai(text, 20).split("\n")
    assert "".join(lines) == text
    assert len(lines) > 2
    assert all(letters_wide(line) <= 20 for line in lines)


def test_tables_show_texts_as_texts() -> None:
    """A tag in a text is shown, a direction mark named, what is not known is a dash, no rows are said in words."""
    hostile = ["<script>x</script>", "ก\N{RIGHT-TO-LEFT OVERRIDE}ข", None]
    frame = pd.DataFrame({"a": hostile, "b": [("x", "y"), 1.50, True]})
    html = Table(frame, {"a": "หัว", "b": "ค่า"})._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "⟨U+202E⟩" in html
    assert "<td>–</td>" in html
    assert "x, y" in html and "<td>1.5</td>" in html and "ใช่" in html
    assert NO_ROWS in Table(frame.head(0), {"a": "หัว"})._repr_html_()


def test_hours_are_written_in_words() -> None:
    """Hours in the largest unit; the frame given stays as it is."""
    frame = pd.DataFrame({"hours": [48.0, None]})
    assert list(hours_in_words(frame, ["hours"])["hours"]) == ["2 วัน", None]
    assert frame["hours"][0] == 48.0


def test_the_font_lies_in_the_project() -> None:
    """The font's licence is beside it."""
    assert (Path(FONT_FOLDER) / "OFL.txt").is_file()
