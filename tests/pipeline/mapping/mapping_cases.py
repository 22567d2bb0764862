"""Reads the mapping cases: small documents as text, with what each section is about and whose plan it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from docmodel.document import NormalizedDocument, SourceFile
from docmodel.mapping import SchemaMapping
from docmodel.outline import Outline
from extractors.base import ReadLimits
from extractors.text.reader import TextReader
from pipeline.mapping import map_outline
from pipeline.normalizing import normalize_document
from pipeline.outline import build_outline
from pipeline.schema import load_schema
from pipeline.values import MappedDocument

CASES = Path(__file__).resolve().parents[2] / "cases" / "mapping"


@dataclass(frozen=True, kw_only=True)
class MappingCase:
    """A case with its document mapped."""

    name: str
    expected: dict[str, Any]
    document: NormalizedDocument
    outline: Outline
    mapping: SchemaMapping

    @property
    def mapped(self) -> MappedDocument:
        return MappedDocument(document=self.document, outline=self.outline, mapping=self.mapping)


def list_cases(kind: str) -> list[str]:
    return sorted(path.stem for path in (CASES / kind).glob("*.yaml"))


@cache
def read_case(kind: str, name: str) -> MappingCase:
    """A case read, outlined and mapped, once for all tests."""
    expected = YAML(typ="safe").load((CASES / kind / f"{name}.yaml").read_text(encoding="utf-8"))
    suffix = ".txt" if expected["source_path"].endswith(".txt") else ".md"
    with TemporaryDirectory() as folder:
        document = read_text_document(_with_blank_lines(expected["document"]), Path(folder) / f"case{suffix}")
    outline = build_outline(document)
    mapping = map_outline(document, outline, load_schema("opdc-2563"))
    return MappingCase(name=name, expected=expected, document=document, outline=outline, mapping=mapping)


def _with_blank_lines(text: str) -> str:
    """The text with an empty line around each table, which the cases leave out for brevity."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _is_row(lines[-1]) != _is_row(line):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _is_row(line: str) -> bool:
    return line.startswith("|") or "\t" in line


def read_text_document(text: str, path: Path) -> NormalizedDocument:
    path.write_text(text, encoding="utf-8")
    source = SourceFile(
        source_path=path.name,
        path=path,
        size_bytes=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    return normalize_document(TextReader().read(source, ReadLimits()))
