"""Tables of Word files: merges, nesting, rows of different grids."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from docmodel.blocks import Block, TableBlock, TextBlock
from docmodel.table import Table
from extractors.docx.grid import Span, settle_columns

Blocks = Callable[..., tuple[Block, ...]]


def cell(*lines: str, properties: str = "") -> str:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def only_table(blocks: tuple[Block, ...]) -> Table:
    (block,) = blocks
    assert isinstance(block, TableBlock)
    return block.table


def spans(read: Table) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in read.cells}


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_merged_cells(blocks_of: Blocks) -> None:
    """A two-row head with cells merged across and down."""
    read = only_table(
        blocks_of(
            table(
                row(cell("เหตุการณ์", properties='<w:vMerge w:val="restart"/>'), cell("ผลกระทบ", properties=span(2))),
                row(cell(properties="<w:vMerge/>"), cell("อาคาร"), cell("บุคลากร")),
                row(cell("น้ำท่วม"), cell("✓"), cell("")),
            )
        )
    )
    assert (read.n_rows, read.n_cols) == (3, 3)
    assert spans(read)["เหตุการณ์"] == (0, 0, 2, 1)
    assert spans(read)["ผลกระทบ"] == (0, 1, 1, 2)
    assert spans(read)["บุคลากร"] == (1, 2, 1, 1)


def test_repeated_head_rows_are_marked(blocks_of: Blocks) -> None:
    """A row that Word repeats on each page is a hint at the head."""
    read = only_table(blocks_of(table(row(cell("ชื่อ"), properties="<w:tblHeader/>"), row(cell("ก")))))
    assert [cell.is_header for cell in read.cells] == [True, None]


def test_rows_that_begin_inside_the_grid(blocks_of: Blocks) -> None:
    """gridBefore moves the cells of a row to their columns."""
    read = only_table(
        blocks_of(table(row(cell("ก"), cell("ข")), row(cell("ค"), properties='<w:gridBefore w:val="1"/>')))
    )
    assert spans(read)["ค"] == (1, 1, 1, 1)


def test_edges_dragged_by_hand_are_one_edge(blocks_of: Blocks) -> None:
    """Borders a few points apart make no column of their own."""
    read = only_table(
        blocks_of(
            table(
                row(cell("ก", properties=span(1)), cell("ข", properties=span(2))),
                row(cell("ค", properties=span(2)), cell("ง", properties=span(1))),
                widths=(2000, 60, 3000),
            )
        )
    )
    assert read.n_cols == 2
    assert spans(read)["ง"] == (1, 1, 1, 1)


def test_a_narrow_column_with_cells_stays(blocks_of: Blocks) -> None:
    """A grid that lies about its widths swallows no cell."""
    read = only_table(blocks_of(table(row(cell("ก"), cell("ข"), cell("ค")), widths=(2000, 60, 3000))))
    assert read.n_cols == 3


def test_rows_without_a_common_grid_are_placed_by_width(blocks_of: Blocks) -> None:
    """Rows of two and three cells without spans meet at the edges that their widths give."""

    def wide(words: str, width: int) -> str:
        return cell(words, properties=f'<w:tcW w:w="{width}" w:type="dxa"/>')

    read = only_table(
        blocks_of(
            table(
                row(wide("ก", 1000), wide("ข", 4000)),
                row(wide("ค", 1000), wide("ง", 2000), wide("จ", 2000)),
            )
        )
    )
    assert spans(read) == {
        "ก": (0, 0, 1, 1),
        "ข": (0, 1, 1, 2),
        "ค": (1, 0, 1, 1),
        "ง": (1, 1, 1, 1),
        "จ": (1, 2, 1, 1),
    }


def test_nested_tables_stand_in_their_cell(blocks_of: Blocks) -> None:
    """A table inside a cell is kept as a table, and its words are not the cell's own."""
    inner = table(row(cell("ชื่อ"), cell("โทร")))
    outer = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ทีม</w:t></w:r></w:p>{inner}<w:p/></w:tc>{cell('ก')}</w:tr></w:tbl>"
    read = only_table(blocks_of(outer))
    assert read.cells[0].text == "ทีม"
    assert [inner.text for inner in read.cells[0].tables[0].cells] == ["ชื่อ", "โทร"]
    assert read.table_id != read.cells[0].tables[0].table_id


def test_a_table_of_one_cell_is_a_frame(blocks_of: Blocks) -> None:
    """A box drawn as a table of one cell holds paragraphs and tables of the flow."""
    inner = table(row(cell("ชื่อ"), cell("โทร")))
    heading, grid = blocks_of(f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ทีมงาน</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>")
    assert isinstance(heading, TextBlock)
    assert heading.text == "ทีมงาน"
    assert only_table((grid,)).n_cols == 2


def test_rows_and_cells_in_content_controls(blocks_of: Blocks) -> None:
    """Content controls around rows and cells hide nothing."""
    controlled_cell = f"<w:sdt><w:sdtContent>{cell('ก')}</w:sdtContent></w:sdt>"
    controlled = f"<w:sdt><w:sdtContent><w:tr>{controlled_cell}</w:tr></w:sdtContent></w:sdt>"
    read = only_table(blocks_of(f"<w:tbl>{controlled}{row(cell('ข'))}</w:tbl>"))
    assert [cell.text for cell in read.cells] == ["ก", "ข"]


def test_deleted_and_hidden_rows_are_left_out(blocks_of: Blocks) -> None:
    """A row deleted in a tracked change, or hidden, is no row."""
    read = only_table(
        blocks_of(
            table(
                row(cell("ก"), cell("-")),
                row(cell("ข"), properties="<w:del/>"),
                row(cell("ค"), properties="<w:hidden/>"),
            )
        )
    )
    assert [cell.text for cell in read.cells] == ["ก", "-"]


def test_cells_that_continue_to_the_right(blocks_of: Blocks) -> None:
    """The horizontal merge of Word 97 makes one cell."""
    first, second = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    read = only_table(
        blocks_of(table(row(cell("ก", properties=first), cell(properties=second)), row(cell("ข"), cell("ค"))))
    )
    assert spans(read)["ก"] == (0, 0, 1, 2)


@given(
    st.lists(st.lists(st.integers(min_value=1, max_value=3), min_size=1, max_size=5), min_size=1, max_size=5),
    st.lists(st.one_of(st.none(), st.floats(min_value=0, max_value=60)), max_size=15),
)
def test_settled_columns_never_overlap(row_widths: list[list[int]], column_widths: list[float | None]) -> None:
    """Whatever the grid says, the cells of a row keep their order and at least a column each."""
    rows = []
    for widths in row_widths:
        edges = [sum(widths[:index]) for index in range(len(widths) + 1)]
        rows.append([Span(start=start, end=end) for start, end in pairwise(edges)])
    for settled in settle_columns(rows, column_widths):
        assert all(span.start < span.end for span in settled)
        assert all(left.end <= right.start for left, right in pairwise(settled))
