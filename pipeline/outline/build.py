"""Builds the outline: which lines are headings, at which level, and what stands under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docmodel.blocks import Block, BlockRole, TextBlock
from docmodel.document import NormalizedDocument
from docmodel.geometry import union_bbox
from docmodel.outline import Outline, Section
from pipeline.mapping.form_tables import unfold_form_tables
from pipeline.mapping.headings import match_heading
from pipeline.mapping.lexicon import Lexicon, load_lexicon
from pipeline.outline.evidence import (
    CONTINUES,
    HEADING_FROM,
    KNOWN_FROM,
    OF_THE_ROW,
    continuing_numbers,
    find_item_runs,
    is_title,
    rows_of_headings,
    score_heading,
)
from pipeline.outline.heading_blocks import join_lone_numbers, split_run_in_headings
from pipeline.outline.levels import find_levels, signature
from pipeline.outline.lines import Line, Looks, read_lines, read_looks
from pipeline.outline.toc import find_toc_lines

DEFAULT_SCHEMA_ID = "opdc-2563"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def build_outline(document: NormalizedDocument, *, schema_id: str = DEFAULT_SCHEMA_ID) -> Outline:
    """The headings of a document and what follows each, the lines of a table of contents apart.

    A heading is told from an item, a caption or a sentence by all its signs together: the format's word for it, its
    number and how the numbers go on, its looks, its words (the schema's aliases are known headings), and what follows.
    The text before the first heading, the cover as a rule, is a section without heading.
    """
    lexicon = load_lexicon(schema_id)
    blocks = split_run_in_headings(unfold_form_tables(join_lone_numbers(document.blocks), lexicon), lexicon)
    lines = read_lines(blocks, lexicon)
    toc = find_toc_lines(lines)
    headings = _find_headings(lines, toc, read_looks(lines))
    lines, headings, absorbed = _join_split_headings(lines, headings, lexicon)
    levels = find_levels([lines[index] for index in headings], trust_format=document.media_type == DOCX)
    return Outline(
        sections=_sections(lines, toc | absorbed, {item.line.index: item.level for item in levels}),
        toc_entries=tuple(block for index in sorted(toc) if isinstance(block := blocks[index], TextBlock)),
    )


def _find_headings(lines: Sequence[Line], toc: frozenset[int], looks: Looks) -> list[int]:
    """The indexes of the lines that are headings: first by their own signs, then also where their number goes on."""
    runs = find_item_runs(lines)
    points = {line.index: score_heading(lines, line.index, looks, runs) for line in lines if line.index not in toc}
    found = [index for index, score in points.items() if score >= HEADING_FROM]
    going_on = set(continuing_numbers(lines, found))
    in_row = rows_of_headings([line for line in lines if line.index in points], found)
    found = [
        index
        for index, score in points.items()
        if score + CONTINUES * (index in going_on) + OF_THE_ROW * (index in in_row) >= HEADING_FROM
    ]
    return _without_cover(lines, found)


def _without_cover(lines: Sequence[Line], headings: list[int]) -> list[int]:
    """Leave the lines of the cover out: before the first heading with a number or known words, only what the format
    marks as a heading opens a section."""
    opens = (index for index in headings if lines[index].numbering is not None or _is_part(lines[index]))
    first = next(opens, len(lines))
    return [index for index in headings if index >= first or lines[index].role is BlockRole.HEADING]


def _is_part(line: Line) -> bool:
    """Whether the words name a part of a plan, and not the plan itself."""
    return line.best is not None and line.best.score >= KNOWN_FROM and not is_title(line)


def _join_split_headings(
    lines: Sequence[Line], headings: list[int], lexicon: Lexicon
) -> tuple[tuple[Line, ...], list[int], frozenset[int]]:
    """Put a heading that runs over two lines together; also gives the second lines, which are in it now."""
    joined = list(lines)
    kept: list[int] = []
    absorbed: set[int] = set()
    for index in headings:
        before = kept[-1] if kept else None
        adjacent = before is not None and all(between in absorbed for between in range(before + 1, index))
        if before is not None and adjacent and _is_one_heading(joined[before], joined[index]):
            joined[before] = _joined_line(joined[before], joined[index], lexicon)
            absorbed.add(index)
        else:
            kept.append(index)
    return tuple(joined), kept, frozenset(absorbed)


def _is_one_heading(first: Line, second: Line) -> bool:
    if not isinstance(first.block, TextBlock) or not isinstance(second.block, TextBlock) or second.numbering:
        return False
    if first.text.count("(") > first.text.count(")") or second.text.startswith("("):
        return True
    alike = signature(first) == signature(second) and first.block.level == second.block.level
    styled = bool(first.block.style.bold) or first.block.style.font_size_pt is not None
    return alike and styled and _goes_on(first, second)


def _goes_on(first: Line, second: Line) -> bool:
    """Whether the words of a second line can belong to the first's: they are none, the same, or the plan's name."""
    if first.best is None or second.best is None:
        return True
    return second.best.label == first.best.label or (is_title(second) and _is_part(first))


def _joined_line(first: Line, second: Line, lexicon: Lexicon) -> Line:
    assert isinstance(first.block, TextBlock) and isinstance(second.block, TextBlock)
    text = f"{first.text} {second.text}"
    provenance = first.block.provenance
    if provenance.page_number == second.block.provenance.page_number:
        provenance = replace(provenance, bbox=union_bbox([provenance.bbox, second.block.provenance.bbox]))
    block = replace(
        first.block,
        raw_text=f"{first.block.raw_text}\n{second.block.raw_text}",
        text=f"{first.block.text} {second.block.text}",
        provenance=provenance,
    )
    return replace(first, block=block, text=text, candidates=match_heading(text, lexicon))


def _sections(lines: Sequence[Line], out_of_flow: frozenset[int], levels: dict[int, int]) -> tuple[Section, ...]:
    """Cut the flow at the headings; each section's parent is the nearest one above with a lower level."""
    groups: list[tuple[Line | None, list[Block]]] = [(None, [])]
    for line in lines:
        if line.index in levels:
            groups.append((line, []))
        elif line.index not in out_of_flow:
            groups[-1][1].append(line.block)
    sections: list[Section] = []
    above: list[Section] = []
    for heading, blocks in groups:
        if heading is None and not blocks:
            continue
        level = levels[heading.index] if heading is not None else 1
        while above and above[-1].level >= level:
            above.pop()
        section = Section(
            section_id=f"s{len(sections) + 1:03d}",
            parent_id=above[-1].section_id if above else None,
            order=len(sections) + 1,
            level=level,
            heading=heading.block if heading is not None and isinstance(heading.block, TextBlock) else None,
            blocks=tuple(blocks),
            number=heading.numbering.text if heading is not None and heading.numbering is not None else None,
        )
        sections.append(section)
        if section.heading is not None:
            above.append(section)
    return tuple(sections)
