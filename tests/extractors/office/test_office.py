"""Old Word, OpenDocument and RTF through LibreOffice, and what happens when it fails."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import SourceFile
from docmodel.errors import EngineError, EngineMissingError, EngineTimeoutError
from extractors.base import ReadLimits
from extractors.docx import DocxReader
from extractors.office import converter
from extractors.office.reader import OfficeReader
from extractors.registry import RTF

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
THAI_RTF = (
    r"{\rtf1\ansi\ansicpg874\deff0{\fonttbl{\f0\fcharset222 Tahoma;}}\f0 "
    + "".join(f"\\u{ord(char)}?" for char in "แผนของกอง")
    + r"\par\trowd\cellx2000\cellx4000\intbl A\cell B\cell\row\pard END\par}"
)


def as_source(path: Path) -> SourceFile:
    return SourceFile(source_path=path.name, path=path, size_bytes=path.stat().st_size, sha256="0" * 64)


def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> Path:
    """A program that takes LibreOffice's place."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(converter, "find_office", lambda: program)
    return program


@needs_office
def test_rtf_is_read(tmp_path: Path) -> None:
    """Thai text and a table of an RTF file, under the file's own media type."""
    path = tmp_path / "แผน ที่ 1.doc"
    path.write_text(THAI_RTF, encoding="ascii")
    document = OfficeReader().read(as_source(path), ReadLimits())
    assert document.media_type == RTF
    assert document.source.path == path
    texts = [block.text for block in document.pages[0].blocks if isinstance(block, TextBlock)]
    tables = [block.table for block in document.pages[0].blocks if isinstance(block, TableBlock)]
    assert texts == ["แผนของกอง", "END"]
    assert [cell.text for cell in tables[0].cells] == ["A", "B"]


def test_without_libreoffice_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing LibreOffice names the command that installs it."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(converter, "_USUAL_PLACES", ())
    with pytest.raises(EngineMissingError) as caught:
        converter.find_office()
    assert caught.value.code == "libreoffice_missing"
    assert converter.INSTALL_COMMAND in caught.value.message_en
    assert converter.INSTALL_COMMAND in caught.value.message_th


def test_a_converter_that_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LibreOffice that ends without a file is an engine error."""
    stand_in(monkeypatch, tmp_path, "exit 0")
    path = tmp_path / "plan.rtf"
    path.write_text(THAI_RTF, encoding="ascii")
    with pytest.raises(EngineError) as caught:
        OfficeReader().read(as_source(path), ReadLimits())
    assert caught.value.code == "office_conversion_failed"


def test_a_converter_that_hangs_is_killed_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When time is up nothing of LibreOffice is left running and its folder is gone."""
    note = tmp_path / "child"
    stand_in(monkeypatch, tmp_path, f"sleep 60 &\necho $! > {note}\npwd > {tmp_path}/folder\nwait")
    path = tmp_path / "plan.rtf"
    path.write_text(THAI_RTF, encoding="ascii")
    with pytest.raises(EngineTimeoutError):
        OfficeReader(timeout_s=0.5).read(as_source(path), ReadLimits())
    assert not Path((tmp_path / "folder").read_text(encoding="utf-8").strip()).exists()
    child = int(note.read_text(encoding="utf-8"))
    for _ in range(50):
        if not _is_running(child):
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


@needs_office
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample plans are not here")
def test_the_old_word_sample_reads_as_the_new_one() -> None:
    """A plan saved as .doc gives the same cells as the same plan saved as .docx."""

    def tables(document: object) -> list[list[tuple[int, int, int, int, str]]]:
        return [
            [
                (cell.row, cell.col, cell.row_span, cell.col_span, "".join(cell.text.split()))
                for cell in block.table.cells
            ]
            for block in document.pages[0].blocks  # type: ignore[attr-defined]
            if isinstance(block, TableBlock)
        ]

    for path in sorted(SAMPLES.glob("*.doc")):
        old = OfficeReader().read(as_source(path), ReadLimits())
        new = DocxReader().read(as_source(path.with_suffix(".docx")), ReadLimits())
        assert tables(old) == tables(new)
