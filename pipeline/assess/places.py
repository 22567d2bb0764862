"""What stands where an element would be: nothing, an empty heading, an unfilled form, a picture, content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from docmodel.mapping import TableMatch
from docmodel.outline import Section
from docmodel.table import Table
from pipeline.assess.content import is_real, section_content, table_is_filled
from pipeline.assess.phrases import compact
from pipeline.assess.plan_text import PlanText, shorten
from pipeline.assess.table_cells import cells_beside, wanted_cells
from pipeline.datasets.rows import Evidence
from pipeline.schema_files.criteria import Place


class PlaceState(StrEnum):
    """What an element's place holds."""

    ABSENT = "absent"
    EMPTY = "empty"
    UNFILLED = "unfilled"
    PICTURE = "picture"
    UNREADABLE = "unreadable"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReading:
    """The state of a place with what shows it and the pages that it covers."""

    state: PlaceState
    evidence: tuple[Evidence, ...] = ()
    pages: tuple[int, ...] = ()


# When an element has several places, the one that says most about it counts.
_ORDER = (
    PlaceState.CONTENT,
    PlaceState.UNREADABLE,
    PlaceState.PICTURE,
    PlaceState.UNFILLED,
    PlaceState.EMPTY,
)


def read_place(place: Place, plan: PlanText, pages_unreadable: tuple[int, ...]) -> PlaceReading:
    """What stands where an element would be; ABSENT where the plan has no such place."""
    readings = [
        _read_section(section, plan, pages_unreadable)
        for section in plan.sections_of(place.sections)
        if plan.book.holds(place.heading, compact(section.heading.text) if section.heading is not None else "")
    ]
    tables = [
        reading
        for table, match in plan.table_matches
        if match.kind in place.tables
        for reading in _read_table(table, match, place, plan)
    ]
    # The form's own table says more than the sentences around it: not filled in, whatever introduces it.
    if tables and all(reading.state is PlaceState.UNFILLED for reading in tables):
        readings = []
    readings.extend(tables)
    around = [_read_section(section, plan, pages_unreadable) for section in plan.sections_of(place.around)]
    if all(reading.state is not PlaceState.CONTENT for reading in around):
        readings.extend(around)
    for state in _ORDER:
        fitting = [reading for reading in readings if reading.state is state]
        if fitting:
            return PlaceReading(
                state=state,
                evidence=tuple(item for reading in fitting for item in reading.evidence),
                pages=tuple(sorted({page for reading in fitting for page in reading.pages})),
            )
    return PlaceReading(state=PlaceState.ABSENT)


def _read_section(section: Section, plan: PlanText, pages_unreadable: tuple[int, ...]) -> PlaceReading:
    content = section_content(section, plan)
    pages = section_pages(section, plan)
    evidence = (heading_evidence(section),)
    if content.unfilled:
        prompts = tuple(passage.evidence() for passage in content.prompts[:2])
        return PlaceReading(state=PlaceState.UNFILLED, evidence=(*evidence, *prompts), pages=pages)
    if content.real:
        return PlaceReading(
            state=PlaceState.CONTENT,
            evidence=(*evidence, *(passage.evidence() for passage in content.real[:2])),
            pages=pages,
        )
    if content.has_picture:
        return PlaceReading(state=PlaceState.PICTURE, evidence=evidence, pages=pages)
    if set(pages) & set(pages_unreadable):
        return PlaceReading(state=PlaceState.UNREADABLE, evidence=evidence, pages=pages)
    if content.prompts:
        return PlaceReading(state=PlaceState.UNFILLED, evidence=evidence, pages=pages)
    return PlaceReading(state=PlaceState.EMPTY, evidence=evidence, pages=pages)


def _read_table(table: Table, match: TableMatch, place: Place, plan: PlanText) -> list[PlaceReading]:
    narrowed = bool(place.columns or place.rows or place.beside)
    if place.dimension is not None and match.dimension is place.dimension:
        narrowed = False
    elif place.dimension is not None and (match.dimension is not None or not narrowed):
        return []
    if not narrowed:
        return [_reading(table, table_is_filled(table, plan))]
    groups = (
        cells_beside(table, place.beside, plan)
        if place.beside
        else wanted_cells(table, place.columns, place.rows, plan)
    )
    return [_reading(table, any(is_real(cell.text, plan) for cell in cells)) for cells in groups if cells]


def _reading(table: Table, filled: bool) -> PlaceReading:
    state = PlaceState.CONTENT if filled else PlaceState.UNFILLED
    return PlaceReading(state=state, evidence=(table_evidence(table),), pages=table.page_numbers)


def heading_evidence(section: Section) -> Evidence:
    """A section's heading as evidence."""
    block = section.heading
    if block is None:
        return Evidence(section_id=section.section_id)
    box = block.provenance.bbox
    return Evidence(
        page_no=block.provenance.page_number,
        bbox=box.as_list() if box else None,
        text=shorten(block.text),
        section_id=section.section_id,
    )


def table_evidence(table: Table) -> Evidence:
    """A table as evidence: its caption, else its first words."""
    box = table.provenance.bbox
    words = table.caption or " · ".join(cell.text for cell in table.cells[:6] if cell.text.strip())
    return Evidence(
        page_no=table.provenance.page_number,
        bbox=box.as_list() if box else None,
        text=shorten(words),
        table_id=table.table_id,
    )


def section_pages(section: Section, plan: PlanText) -> tuple[int, ...]:
    """The pages from a section's heading to the next section's."""
    known = [page for part in plan.branch(section) for page in _block_pages(part)]
    if not known:
        return ()
    later = next((page for part in plan.mapped.outline.sections[section.order :] for page in _block_pages(part)), None)
    last = max(known)
    # A page that could not be read gives no block: the section runs on until the next thing that was read.
    if later is not None and later > last + 1:
        last = later - 1
    return tuple(range(min(known), last + 1))


def _block_pages(section: Section) -> list[int]:
    pages = [section.heading.provenance.page_number] if section.heading else []
    pages += [block.provenance.page_number for block in section.blocks]
    return [page for page in pages if page is not None]
