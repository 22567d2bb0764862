"""Whole Word files: damaged, dangerous, unusual, and the real ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from rapidfuzz.distance import Levenshtein

from docmodel.blocks import TableBlock, TextBlock
from docmodel.document import ExtractedDocument, SourceFile
from docmodel.errors import CorruptSourceError, SourceTooLargeError
from extractors.base import ReadLimits
from extractors.docx import DocxReader

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
TRUTH = SAMPLES.parent / "gold" / "text"
MAX_ERROR_RATE = 0.005
BODY = "<w:p><w:r><w:t>แผน</w:t></w:r></w:p>"


def as_source(path: Path) -> SourceFile:
    return SourceFile(source_path=path.name, path=path, size_bytes=path.stat().st_size, sha256="0" * 64)


def read(path: Path, limits: ReadLimits | None = None) -> ExtractedDocument:
    return DocxReader().read(as_source(path), limits or ReadLimits())


def rewrite(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The same package with one part changed."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    members[name] = change(members.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return path


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_cut_off_is_damaged(make_docx: Callable[..., Path], share: float) -> None:
    """A download that broke off is told as such, not as a crash."""
    path = make_docx(BODY)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CorruptSourceError) as caught:
        read(path)
    assert caught.value.code == "docx_damaged"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"\x00\xff" + data,
        lambda data: data.replace(b"w:body", b"w:bodies"),
    ],
)
def test_a_broken_body_is_damaged(make_docx: Callable[..., Path], change: Callable[[bytes], bytes]) -> None:
    """XML that does not parse, or without a body, is a damaged file."""
    with pytest.raises(CorruptSourceError):
        read(rewrite(make_docx(BODY), "word/document.xml", change))


def test_entities_are_refused(make_docx: Callable[..., Path]) -> None:
    """A part that declares entities could grow without end and is never parsed."""
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body>'
        b"</w:document>"
    )
    with pytest.raises(CorruptSourceError):
        read(rewrite(make_docx(BODY), "word/document.xml", lambda _: bomb))


def test_a_zip_bomb_is_too_large(make_docx: Callable[..., Path]) -> None:
    """A file that unpacks beyond the limit is refused before it is unpacked."""
    path = rewrite(make_docx(BODY), "word/media/image1.bin", lambda _: b"\x00" * 2_000_000)
    with pytest.raises(SourceTooLargeError):
        read(path, ReadLimits(max_unpacked_bytes=1_000_000))


def test_too_many_members_are_too_large(make_docx: Callable[..., Path]) -> None:
    """So is a package of countless parts."""
    with pytest.raises(SourceTooLargeError):
        read(make_docx(BODY), ReadLimits(max_members=2))


def test_strict_documents_are_read(make_docx: Callable[..., Path]) -> None:
    """Word's strict format names its elements differently and is read all the same."""
    path = rewrite(
        make_docx(BODY),
        "word/document.xml",
        lambda data: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    (block,) = read(path).pages[0].blocks
    assert isinstance(block, TextBlock)
    assert block.text == "แผน"


@pytest.mark.parametrize("cells", ["<w:tc>", f"<w:tc>{BODY}</w:tc><w:tc>"])
def test_tables_nested_as_deep_as_xml_may_be(make_docx: Callable[..., Path], cells: str) -> None:
    """Nesting up to the parser's limit is read to the bottom without exhausting the stack."""
    body = f"<w:tbl><w:tr>{cells}" * 80 + BODY.replace("แผน", "ก้น") + "</w:tc></w:tr></w:tbl>" * 80
    (block,) = read(make_docx(body)).pages[0].blocks
    tables = [block.table] if isinstance(block, TableBlock) else []
    texts = [block.text] if isinstance(block, TextBlock) else []
    while tables:
        cells = tables.pop().cells
        texts += [cell.text for cell in cells]
        tables += [inner for cell in cells for inner in cell.tables]
    assert "ก้น" in texts


def test_nesting_beyond_xml_limits_is_damage(make_docx: Callable[..., Path]) -> None:
    """A file nested deeper than any parser allows is refused."""
    body = "<w:tbl><w:tr><w:tc>" * 3_000 + BODY + "</w:tc></w:tr></w:tbl>" * 3_000
    with pytest.raises(CorruptSourceError):
        read(make_docx(body))


def test_a_document_that_python_docx_writes(tmp_path: Path) -> None:
    """Headings, lists and tables of an ordinary document come with their roles, and the title with it."""
    document = Document()
    document.core_properties.title = "แผนทดสอบ"
    document.add_heading("บทนำ", level=1)
    document.add_paragraph("ข้อแรก", style="List Number")
    document.add_paragraph("ข้อสอง", style="List Number")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "หัวตาราง"
    path = tmp_path / "written.docx"
    document.save(str(path))
    result = read(path)
    heading, first, second, grid = result.pages[0].blocks
    assert result.metadata_title == "แผนทดสอบ"
    assert isinstance(heading, TextBlock)
    assert (heading.role, heading.level) == ("heading", 1)
    assert isinstance(first, TextBlock)
    assert isinstance(second, TextBlock)
    assert (first.marker, second.marker) == ("1.", "2.")
    assert isinstance(grid, TableBlock)
    assert grid.table.cells[0].col_span == 2


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample plans are not here")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.docx")), ids=lambda path: path.stem)
def test_sample_plans_are_read_whole(path: Path) -> None:
    """Real plans come out with all their ticks and next to no wrong character."""
    lines = []
    for block in read(path).pages[0].blocks:
        if isinstance(block, TableBlock):
            lines.extend(cell.text for cell in block.table.cells)
        elif isinstance(block, TextBlock) and block.role.in_body:
            lines.append(f"{block.marker or ''}{block.text}")
    got = "".join("".join(lines).split())
    truth = "".join((TRUTH / f"{path.stem}.txt").read_text(encoding="utf-8").split())
    assert all(got.count(mark) == truth.count(mark) for mark in "✓☐☑☒")
    assert Levenshtein.distance(truth, got) / len(truth) <= MAX_ERROR_RATE
