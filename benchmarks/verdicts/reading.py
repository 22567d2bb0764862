"""Reads a laid-out plan back through the pipeline; prints many Word files to PDF at once."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.verdicts.plan_markup import MarkedPlan, write_docx
from docmodel.document import SourceFile
from pipeline.options import OcrMode, Options
from pipeline.process import DocumentStory, tell_story
from pipeline.schema import Schema, load_schema

PLANS = Path(__file__).parent / "plans"
BATCH = 60
TIMEOUT_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the pipeline made of one document; ``confidences`` per element."""

    document_class: str
    agency_name: str | None
    agency_type: str | None
    statuses: dict[str, str]
    confidences: dict[str, float] = field(default_factory=dict)


def read_file(path: Path, schema: Schema | None = None) -> Reading:
    """Run the pipeline on a file and give what it says; ``schema`` in place of the usual one."""
    story = tell_file(path, schema)
    return Reading(
        document_class=story.identity.document_class.value,
        agency_name=story.identity.agency_name,
        agency_type=story.identity.agency_type.value if story.identity.agency_type else None,
        statuses={row.element_id: row.status.value for row in story.components},
        confidences={row.element_id: row.confidence for row in story.components},
    )


def tell_file(path: Path, schema: Schema | None = None) -> DocumentStory:
    """The whole story of a file; ``schema`` in place of the usual one."""
    content = path.read_bytes()
    source = SourceFile(
        source_path=f"plan{path.suffix}", path=path, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    options = Options(ocr=OcrMode.NEVER)
    return tell_story(source, options, schema or load_schema(options.schema_id))


def read_back(plan: MarkedPlan, folder: Path, *, as_pdf: bool) -> Reading:
    """Lay a plan out and read it."""
    path = folder / f"{plan.name}.docx"
    write_docx(plan, path)
    return read_file(print_all([path])[0] if as_pdf else path)


def print_all(paths: Sequence[Path]) -> list[Path]:
    """Print Word files to PDF beside them, many in one run of LibreOffice."""
    with TemporaryDirectory() as profile:
        for start in range(0, len(paths), BATCH):
            batch = [str(path) for path in paths[start : start + BATCH]]
            command = [
                "soffice",
                f"-env:UserInstallation=file://{profile}/profile",
                "--headless",
                "--convert-to",
                "pdf",
            ]
            subprocess.run(
                [*command, "--outdir", str(paths[0].parent), *batch], check=True, capture_output=True, timeout=TIMEOUT_S
            )
    return [path.with_suffix(".pdf") for path in paths]
