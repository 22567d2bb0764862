"""The vision engine is used when asked for, and what is wrong with its settings is said before anything is read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from docmodel.errors import ExitCode
from extractors.ocr.vision_http import VisionClient
from pipeline.cli import main as bcp
from pipeline.engines.fingerprint import engine_fingerprint
from pipeline.options import OcrEngineKind, Options
from pipeline.reading import read_document
from pipeline.sources import read_source
from pipeline.store import find_key
from tests.extractors.ocr.drawing import blank, draw_text


def _write_scan(path: Path) -> None:
    pixels = blank(600, 1200)
    draw_text(pixels, 80, 100, "แผนบริหารความต่อเนื่อง")
    Image.fromarray(pixels).save(path, dpi=(200, 200))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "scan.png"
    path.parent.mkdir()
    _write_scan(path)
    return path


def test_vision_without_its_settings_reads_nothing(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the variables and the exit code that of a missing tool."""
    monkeypatch.delenv("BCP_VISION_URL", raising=False)
    assert (
        bcp(["extract", str(scan.parent), "-o", str(tmp_path / "out"), "--ocr-engine", "vision"])
        == ExitCode.TOOL_MISSING
    )
    shown = capsys.readouterr().err
    assert "vision_not_configured" in shown
    assert "BCP_VISION_URL" in shown
    assert not (tmp_path / "out" / "documents.parquet").exists()


def test_vision_endpoint_that_is_down_costs_pages_not_the_run(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages are unreadable and say why; the file has its row."""
    monkeypatch.setenv("BCP_VISION_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("BCP_VISION_MODEL", "seer")
    monkeypatch.setattr("extractors.ocr.vision.VisionClient", partial(VisionClient, sleep=lambda _: None))
    page = read_document(read_source(scan, scan.name), Options(ocr_engine=OcrEngineKind.VISION))
    assert [entry.readable for entry in page.pages] == [False]
    assert [issue.code for issue in page.issues] == ["vision_unavailable"]


def test_results_of_one_engine_are_not_kept_for_the_other(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Engine, address and model are part of the key under which a result is kept; the key to the server is not."""
    source = read_source(scan, scan.name)
    tesseract, vision = Options(), Options(ocr_engine=OcrEngineKind.VISION)
    assert find_key(source, tesseract, "") != find_key(source, vision, "")
    monkeypatch.setenv("BCP_VISION_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("BCP_VISION_MODEL", "seer")
    monkeypatch.setenv("BCP_VISION_KEY", "sk-of-nobody")
    named = engine_fingerprint()
    assert "seer" in named
    assert "sk-of-nobody" not in named
    monkeypatch.setenv("BCP_VISION_MODEL", "another")
    assert engine_fingerprint() != named
