"""Tiny Word files made part by part, so that a test shows exactly the XML it is about."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from docmodel.blocks import Block
from docmodel.document import ExtractedDocument, SourceFile
from extractors.base import ReadLimits
from extractors.docx import DocxReader

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOTS = {
    "styles": "w:styles",
    "numbering": "w:numbering",
    "settings": "w:settings",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "header": "w:hdr",
    "footer": "w:ftr",
    "diagramData": "dgm:dataModel",
}
NO_PARTS: Mapping[str, str] = MappingProxyType({})


def write_docx(path: Path, body: str, parts: Mapping[str, str] = NO_PARTS) -> Path:
    """A Word file with a body and further parts, each the inner XML of its root; a part's relationship is its name."""
    links = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in parts.items():
            root = _ROOTS[name]
            links.append(f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>')
            archive.writestr(f"word/{name}.xml", f"<{root} {NAMESPACES}>{inner}</{root}>")
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'
        )
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
    return path


def as_source(path: Path) -> SourceFile:
    """A file as the reader takes it."""
    data = path.read_bytes()
    return SourceFile(source_path=path.name, path=path, size_bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


@pytest.fixture
def make_docx(tmp_path: Path) -> Callable[..., Path]:
    """Write a Word file: ``make_docx(body, styles=…, numbering=…)``."""

    def make(body: str, **parts: str) -> Path:
        return write_docx(tmp_path / "plan.docx", body, parts)

    return make


@pytest.fixture
def read_docx(make_docx: Callable[..., Path]) -> Callable[..., ExtractedDocument]:
    """Write a Word file and read it."""

    def read(body: str, **parts: str) -> ExtractedDocument:
        return DocxReader().read(as_source(make_docx(body, **parts)), ReadLimits())

    return read


@pytest.fixture
def blocks_of(read_docx: Callable[..., ExtractedDocument]) -> Callable[..., tuple[Block, ...]]:
    """Write a Word file and give the blocks read from it."""

    def read(body: str, **parts: str) -> tuple[Block, ...]:
        return read_docx(body, **parts).pages[0].blocks

    return read


@pytest.fixture
def texts_of(blocks_of: Callable[..., tuple[Block, ...]]) -> Callable[..., list[str]]:
    """Write a Word file and give the texts read from it, each with its marker in front."""

    def read(body: str, **parts: str) -> list[str]:
        return [
            f"{block.marker} {block.text}" if block.marker else block.text
            for block in blocks_of(body, **parts)
            if hasattr(block, "marker")
        ]

    return read
