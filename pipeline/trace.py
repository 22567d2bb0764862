"""The whole story of one document in the terminal: pages, sections, tables, verdicts, findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text

from docmodel.mapping import Candidate
from docmodel.outline import Section
from docmodel.vocabulary import ElementStatus
from pipeline.datasets.rows import ComponentRow, Evidence, FindingRow
from pipeline.process import DocumentStory
from pipeline.schema import Schema
from pipeline.values import Identity, MappedDocument, Records

# A terminal line's worth of a document's words.
SHOWN_CHARS = 90
STATUS_MARKS = {
    ElementStatus.PRESENT: ("●", "green"),
    ElementStatus.PARTIAL: ("◐", "yellow"),
    ElementStatus.MISSING: ("○", "red"),
    ElementStatus.UNREADABLE: ("?", "magenta"),
    ElementStatus.NOT_APPLICABLE: ("–", "dim"),
}


def render_trace(story: DocumentStory, schema: Schema) -> RenderableType:
    """Every stage of a document as something rich can print; text of the document is shown, never read as markup."""
    return Group(
        _identity(story.identity, story.mapped, schema),
        _pages(story.mapped),
        _sections(story.mapped),
        _tables(story.mapped),
        _records(story.records),
        _components(story.components),
        _findings(story.findings),
    )


def short(text: str | None, width: int = SHOWN_CHARS) -> Text:
    """A text in one line, cut to a width."""
    line = " ".join((text or "").split())
    return Text(line if len(line) <= width else line[: width - 1] + "…")


def status_text(status: ElementStatus) -> Text:
    """A status with its mark, in its colour."""
    mark, style = STATUS_MARKS[status]
    return Text(f"{mark} {status}", style=style)


def place_text(page_no: int | None, bbox: list[float] | None) -> str:
    """Where something stands: "p. 3 (72, 90)", "" for formats without pages."""
    if page_no is None:
        return ""
    corner = f" ({bbox[0]:.0f}, {bbox[1]:.0f})" if bbox else ""
    return f"p. {page_no}{corner}"


def evidence_lines(evidence: Sequence[Evidence]) -> Iterator[Text]:
    """Each piece of evidence with its place."""
    for item in evidence:
        where = " ".join(part for part in (place_text(item.page_no, item.bbox), item.section_id, item.table_id) if part)
        yield Text.assemble((f"{where}: " if where else "", "dim"), short(item.text))


def _grid(title: str, *columns: str) -> Grid:
    grid = Grid(title=title, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    return grid


def _identity(identity: Identity, mapped: MappedDocument, schema: Schema) -> RenderableType:
    source = mapped.document.source
    lines = [
        f"{source.source_path}  ({mapped.document.media_type}, {source.size_bytes} bytes, {source.document_id})",
        f"class {identity.document_class} {identity.class_confidence:.2f}: {identity.class_reason}",
        f"agency {identity.agency_name or '?'}  type {identity.agency_type or '?'}",
        f"province {identity.province or '–'}",
        f"title {identity.title or '?'}  year {identity.plan_year_be or '?'}  date {identity.plan_date or '?'}",
        f"schema {schema.schema_id} {schema.version}",
    ]
    return Panel(Text("\n".join(lines)), title="document", title_align="left")


def _pages(mapped: MappedDocument) -> RenderableType:
    grid = _grid("pages", "page", "source", "quality", "OCR", "blocks", "damage", "readable")
    for page in mapped.document.pages:
        grid.add_row(
            str(page.number or "–"),
            page.source,
            _number(page.quality),
            _number(page.ocr_confidence),
            str(len(page.blocks)),
            Text(", ".join(page.damage)),
            Text("yes") if page.readable else Text("NO", style="bold red"),
        )
    for issue in mapped.document.issues:
        grid.add_row(str(issue.page_number or "–"), issue.severity, "", "", "", Text(issue.code), "")
    return grid


def _sections(mapped: MappedDocument) -> RenderableType:
    grid = _grid("sections", "id", "page", "heading", "element", "score · method · term", "runner-up")
    for section in mapped.outline.sections:
        match = mapped.mapping.section(section.section_id)
        candidates = match.candidates if match else ()
        chosen = next((item for item in candidates if match and item.label in match.element_ids), None)
        others = [item for item in candidates if item is not chosen]
        grid.add_row(
            section.section_id,
            _page_of(section),
            Text("  " * (section.level - 1)) + short(section.heading.text if section.heading else "(no heading)", 60),
            Text(", ".join(match.element_ids) if match and match.element_ids else (match.outcome if match else "–")),
            _candidate(chosen),
            _candidate(others[0], with_label=True) if others else Text(""),
        )
    return grid


def _tables(mapped: MappedDocument) -> RenderableType:
    grid = _grid("tables", "id", "pages", "size", "caption", "kind", "score", "runner-up")
    for block in mapped.document.tables():
        table = block.table
        match = mapped.mapping.table(table.table_id)
        others = [item for item in match.candidates if item.label != match.kind] if match else []
        kind = f"{match.kind}{f' / {match.dimension}' if match.dimension else ''}" if match else "–"
        grid.add_row(
            table.table_id,
            ", ".join(str(page) for page in table.page_numbers),
            f"{table.n_rows}×{table.n_cols} ({table.header_rows or 0} head)",
            short(table.caption, 40),
            kind,
            f"{match.score:.2f}" if match else "",
            _candidate(others[0], with_label=True) if others else Text(""),
        )
    return grid


def _records(records: Records) -> RenderableType:
    counts = [f"{name} {len(getattr(records, name))}" for name in records.__slots__]
    return Panel(Text("   ".join(counts)), title="records", title_align="left")


def _components(components: Sequence[ComponentRow]) -> RenderableType:
    grid = _grid("verdicts", "element", "status", "conf.", "reason", "declared", "evidence or nearest")
    for row in components:
        shown = next(evidence_lines(row.evidence), Text(""))
        if row.status is not ElementStatus.PRESENT and row.nearest is not None:
            score = f" {row.nearest.score:.2f}" if row.nearest.score is not None else ""
            where = f" {place_text(row.nearest.page_no, None)}" if row.nearest.page_no else ""
            shown = Text.assemble((f"nearest{score}{where}: ", "dim"), short(row.nearest.text))
        declared = f"{row.declared or ''}{' ≠' if row.discrepancy else ''}"
        grid.add_row(
            row.element_id,
            status_text(row.status),
            f"{row.confidence:.2f}",
            Text(f"{row.cause or ''} {row.reason_code}".strip()),
            Text(declared, style="bold red" if row.discrepancy else ""),
            shown,
        )
    return grid


def _findings(findings: Sequence[FindingRow]) -> RenderableType:
    grid = _grid("findings", "severity", "code", "element", "place", "message")
    for row in findings:
        grid.add_row(
            row.severity, row.code, row.element_id or "", place_text(row.page_no, row.bbox), Text(row.message_th)
        )
    return grid


def _candidate(candidate: Candidate | None, *, with_label: bool = False) -> Text:
    if candidate is None:
        return Text("")
    label = f"{candidate.label} " if with_label else ""
    term = f" · {candidate.term}" if candidate.term else ""
    return Text(f"{label}{candidate.score:.2f} · {candidate.method}{term}")


def _page_of(section: Section) -> str:
    page = section.heading.provenance.page_number if section.heading else None
    return str(page or "")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
