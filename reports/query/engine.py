"""Answers to SQL over the datasets: every dataset a table, nothing else reachable, nothing changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as pads

from docmodel.errors import ConfigError
from pipeline.datasets.arrow import dataset_schema
from reports.data import DATASET_NAMES, dataset_path
from reports.masked_rows import iterate_documents, text_columns

_ROWS_PER_BATCH = 20_000
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_LISTS_TABLES = re.compile(r"\s*show\s+(?:all\s+)?tables\b", re.IGNORECASE)
_ABOUT_THE_SQL = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException, duckdb.PermissionException)
"""Errors whose words repeat the question alone; others may quote a value of the datasets and are only named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Column names and rows. ``cut`` says that there are more rows than were asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool = False


def ask(folder: Path, sql: str, *, with_personal_data: bool = False, limit: int | None = None) -> Answer:
    """The answer to one SELECT over the datasets of a folder, at most ``limit`` rows of it.

    Raises ConfigError where the question is no single SELECT, is not understood, or reaches for anything else.
    """
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET python_enable_replacements = false")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET TimeZone = 'UTC'")
            _check_reads_only(connection, sql)
            for name in _find_used(sql):
                connection.register(name, _open_table(folder, name, with_personal_data=with_personal_data))
            if _LISTS_TABLES.match(sql):
                for name in DATASET_NAMES:
                    connection.register(name, dataset_schema(name).empty_table())
            connection.execute("SET lock_configuration = true")
            # by Arrow: DuckDB's own rows need a further package for moments
            relation = connection.sql(sql)
            reader = relation.to_arrow_reader(_ROWS_PER_BATCH if limit is None else limit + 1)
            columns = tuple(reader.schema.names)
            rows: list[tuple[Any, ...]] = []
            for batch in reader:
                rows += zip(*(column.to_pylist() for column in batch.columns), strict=True)
                if limit is not None and len(rows) > limit:
                    break
    except duckdb.Error as error:
        raise _wrong_question(error) from error
    cut = limit is not None and len(rows) > limit
    return Answer(columns=columns, rows=tuple(rows[:limit] if cut else rows), cut=cut)


def read_masked_table(folder: Path, name: str, *, with_personal_data: bool) -> pa.Table:
    """A whole dataset in memory with its people hidden."""
    schema = dataset_schema(name)
    batches: list[pa.Table] = []
    waiting: list[dict[str, Any]] = []
    for _, rows in iterate_documents(folder, (name,), with_personal_data=with_personal_data):
        waiting += rows[name]
        if len(waiting) >= _ROWS_PER_BATCH:
            batches.append(pa.Table.from_pylist(waiting, schema=schema))
            waiting = []
    batches.append(pa.Table.from_pylist(waiting, schema=schema))
    return pa.concat_tables(batches)


def _open_table(folder: Path, name: str, *, with_personal_data: bool) -> Any:
    """The dataset itself, read as the question needs it; masked in memory where it can hold words of people."""
    if with_personal_data or not text_columns(name):
        return pads.dataset(dataset_path(folder, name), schema=dataset_schema(name))
    return read_masked_table(folder, name, with_personal_data=False)


def _check_reads_only(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READING:
        raise ConfigError(
            "query_not_a_select",
            th="ถามได้ครั้งละหนึ่งคำสั่ง SELECT เท่านั้น ชุดข้อมูลเปิดแบบอ่านอย่างเดียว",
            en="Ask one SELECT at a time; the datasets are open for reading only.",
        )


def _find_used(sql: str) -> Sequence[str]:
    """The datasets whose names stand in a question, so that no other is opened; one too many does no harm."""
    words = {word.casefold() for word in re.findall(r"\w+", sql)}
    return [name for name in DATASET_NAMES if name in words]


def _wrong_question(error: duckdb.Error) -> ConfigError:
    said = isinstance(error, _ABOUT_THE_SQL)
    first = str(error).strip().split("\n\n")[0].strip() if said else type(error).__name__
    return ConfigError(
        "query_failed",
        th=f"คำสั่ง SQL ใช้ไม่ได้: {first} (ชุดข้อมูล: {', '.join(DATASET_NAMES)}; ดูคอลัมน์ด้วย bcp datasets describe ชื่อชุดข้อมูล)",
        en="The SQL does not work, see above. The datasets are the tables; bcp datasets describe NAME lists columns.",
    )
