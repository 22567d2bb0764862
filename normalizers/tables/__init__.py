"""Tables as their author meant them: parts joined over page ends, captions found, header rows and row roles known."""

from normalizers.tables.captions import find_captions
from normalizers.tables.joining import join_table_parts
from normalizers.tables.printed_lines import printed_lines
from normalizers.tables.row_roles import RowRole, row_roles
from normalizers.tables.turning import turn_table
from normalizers.tables.understanding import header_paths, understand_table

__all__ = [
    "RowRole",
    "find_captions",
    "header_paths",
    "join_table_parts",
    "printed_lines",
    "row_roles",
    "turn_table",
    "understand_table",
]
