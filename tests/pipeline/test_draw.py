"""Tables drawn over the pages of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipeline.cli import main

ROOT = Path(__file__).parents[2]
PLAN = next((ROOT / "data" / "raw").glob("02-*.pdf"))


def test_pages_with_tables_become_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each page with a table is a picture in colour, wider than the page by the notes beside it."""
    assert main(["draw", str(PLAN), "--ocr", "never", "-o", str(tmp_path / "pictures")]) == 0
    pictures = sorted((tmp_path / "pictures").glob("page-*.png"))
    assert pictures
    assert capsys.readouterr().out.count(".png") == len(pictures)
    with Image.open(pictures[0]) as picture:
        assert picture.mode == "RGB"
        assert picture.width > 744 + 400
        assert any(blue > red + 100 for _, (red, _, blue) in picture.getcolors(1 << 24))


def test_a_word_file_is_refused(tmp_path: Path) -> None:
    """Formats without pages have no places to draw on."""
    word = next((ROOT / "data" / "raw").glob("01-*.docx"))
    assert main(["draw", str(word), "-o", str(tmp_path)]) == 1
    assert not list(tmp_path.glob("*.png"))
