"""Asking in SQL and copying the datasets: everything reachable that should be, nothing else, people hidden."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from benchmarks.report.simulate import write_rows
from docmodel.errors import ConfigError
from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import ElementStatus
from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import ComponentRow, DocumentRow, Evidence, FindingRow, PageRow, RecoveryStepRow
from reports.cli import main as bcp
from reports.data import DATASET_NAMES
from reports.query.cells import csv_cell, guard_formula
from reports.query.engine import ask
from reports.query.export import ExportRequest, check_names, export_csv, export_duckdb
from reports.workbook.build import export_xlsx
from tests.reports.office import (
    BARE_PERSON,
    CONTROLS,
    DIRECTION,
    FORMULA,
    NAME,
    PERSON,
    PHONE,
    SCRIPT,
    component_and_parts,
    failed,
    member,
    plan,
)

SECRETS = ("ไม่มีจริง", "000-0000", "0800000000")


def _rows() -> list[Row]:
    words = f"{SCRIPT} แจ้ง{PERSON} โทร {PHONE}"
    rows = plan(1, agency_name=NAME, title=words, statuses=component_and_parts("2.8", ElementStatus.MISSING))
    head = rows[0]
    assert isinstance(head, DocumentRow)
    key = head.document_id
    quoted = Evidence(page_no=1, bbox=None, text=f"{BARE_PERSON} {PHONE}")
    return [
        *(replace(row, reason_th=words, evidence=[quoted]) if isinstance(row, ComponentRow) else row for row in rows),
        PageRow(document_id=key, page_no=1, text=words, text_source=TextSource.OCR),
        *(RecoveryStepRow(document_id=key, text=text) for text in (words, FORMULA, f"@{DIRECTION}", f"ก{CONTROLS}")),
        FindingRow(document_id=key, code="x", severity=Severity.ERROR, message_th=words, message_en=BARE_PERSON),
        member(head),
        failed("เสีย.pdf"),
    ]


@pytest.fixture(name="datasets", scope="module")
def _datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets")
    write_rows(folder, _rows())
    return folder


@pytest.fixture(name="cwd", autouse=True)
def _cwd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.mark.parametrize("name", DATASET_NAMES)
def test_every_dataset_is_a_table_with_all_its_columns(datasets: Path, name: str) -> None:
    """Its name in SQL is its name, its columns are those of the contract."""
    assert list(ask(datasets, f'SELECT * FROM "{name}"').columns) == dataset_schema(name).names


def test_answers(datasets: Path) -> None:
    """Joins, groups, lists and structs of the datasets, whatever the case of the names."""
    sql = "SELECT agency_name, count(*) FROM Components JOIN documents USING (document_id) WHERE missing GROUP BY 1"
    assert ask(datasets, sql).rows == ((NAME, 2 + 1),)
    assert ask(datasets, "SELECT evidence[1].page_no FROM components WHERE len(evidence) > 0 LIMIT 1").rows == ((1,),)
    assert ask(datasets, "WITH t AS (SELECT 1 AS a) SELECT a FROM t").rows == ((1,),)


def test_values_of_every_kind(datasets: Path) -> None:
    """Moments, days, sums and two columns of one name come out as they are."""
    answer = ask(
        datasets, "SELECT processed_at, plan_date, sum(page_count) OVER (), 1 AS a, 2 AS a FROM documents LIMIT 1"
    )
    assert answer.columns[3:] == ("a", "a")
    assert answer.rows == ((datetime(2026, 1, 1, tzinfo=UTC), date(2024, 3, 1), 12, 1, 2),)


def test_tables_and_columns_can_be_listed(datasets: Path) -> None:
    """SHOW TABLES names all datasets, DESCRIBE the columns of one."""
    assert {row[0] for row in ask(datasets, "SHOW TABLES").rows} == set(DATASET_NAMES)
    assert [row[0] for row in ask(datasets, "DESCRIBE documents").rows] == dataset_schema("documents").names


def test_no_more_rows_than_asked_for(datasets: Path) -> None:
    """The answer says that it was cut."""
    answer = ask(datasets, "SELECT 1 FROM components", limit=2)
    assert (len(answer.rows), answer.cut) == (2, True)
    assert not ask(datasets, "SELECT 1 FROM findings", limit=2).cut


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM documents",
        "CREATE TABLE t AS SELECT 1",
        "SELECT 1; SELECT 2",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "EXPORT DATABASE 'out'",
        "CALL pragma_version()",
        "",
        "-- nothing",
    ],
)
def test_only_one_select(datasets: Path, cwd: Path, sql: str) -> None:
    """Nothing that changes, writes, loads or sets is run."""
    with pytest.raises(ConfigError) as caught:
        ask(datasets, sql)
    assert caught.value.code == "query_not_a_select"
    assert list(cwd.iterdir()) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('secret.txt')",
        "SELECT * FROM read_csv('secret.txt')",
        "SELECT * FROM read_blob('*')",
        "SELECT * FROM glob('*')",
        "SELECT * FROM 'secret.csv'",
        "SELECT * FROM read_parquet('{folder}/documents.parquet')",
        "SELECT * FROM '{folder}/documents.parquet'",
        "SELECT * FROM read_csv('https://example.invalid/x.csv')",
        "SELECT * FROM datasets",
        "SELECT getenv('HOME')",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'out.csv'",
    ],
)
def test_nothing_else_is_reachable(datasets: Path, cwd: Path, sql: str) -> None:
    """Neither files nor the network, nor the program's own variables, also not the datasets past their mask."""
    (cwd / "secret.txt").write_text("ความลับ", encoding="utf-8")
    (cwd / "secret.csv").write_text("a\nความลับ\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        ask(datasets, sql.format(folder=datasets))
    assert caught.value.code in ("query_failed", "query_not_a_select")
    assert "ความลับ" not in str(caught.value.message_th)
    assert sorted(path.name for path in cwd.iterdir()) == ["secret.csv", "secret.txt"]


def test_a_wrong_question_says_what_is_wrong_and_quotes_no_value(datasets: Path) -> None:
    """A name that is not there is told; an error over a value of a document is not."""
    with pytest.raises(ConfigError) as caught:
        ask(datasets, "SELECT agncy_name FROM documents")
    assert "agncy_name" in caught.value.message_th
    with pytest.raises(ConfigError) as caught:
        ask(datasets, "SELECT CAST(person_name AS INTEGER) FROM team_members", with_personal_data=True)
    assert "ไม่มีจริง" not in caught.value.message_th + caught.value.message_en


@pytest.mark.parametrize("name", DATASET_NAMES)
def test_people_are_hidden_in_every_answer(datasets: Path, name: str) -> None:
    """Whatever is asked of a dataset, the words of people were never in it."""
    told = repr(ask(datasets, f"SELECT * FROM {name}").rows)
    assert not [secret for secret in SECRETS if secret in told]


def test_people_cannot_be_found_by_asking_for_them(datasets: Path) -> None:
    """A condition sees the masked values too."""
    for column, name in (
        ("text", "pages"),
        ("person_name", "team_members"),
        ("CAST(evidence AS VARCHAR)", "components"),
    ):
        assert ask(datasets, f"SELECT 1 FROM {name} WHERE {column} LIKE '%ไม่มีจริง%'").rows == ()


def test_people_are_shown_on_request(datasets: Path) -> None:
    """With the option the datasets are as they are."""
    rows = ask(datasets, "SELECT person_name, phones FROM team_members", with_personal_data=True).rows
    assert rows == ((PERSON, ["0800000000"]),)


def test_the_command_query(datasets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table or CSV on standard output, whose data is shown on standard error."""
    assert bcp(["query", "SELECT text FROM recovery_steps", "-d", str(datasets), "--limit", "2"]) == 0
    said = capsys.readouterr()
    assert "[บุคคล 1]" in said.out
    assert "--limit" in said.err
    assert "ปิดชื่อ" in said.err
    assert bcp(["query", "--csv", "SELECT text FROM recovery_steps", "-d", str(datasets)]) == 0
    rows = list(csv.reader(capsys.readouterr().out.splitlines()))
    assert rows[2] == ["'" + FORMULA]
    assert rows[3] == ["'@แผน⟨U+202E⟩fdp.exe"]
    assert bcp(["query", "--csv", "--as-is", "SELECT text FROM recovery_steps", "-d", str(datasets)]) == 0
    assert list(csv.reader(capsys.readouterr().out.splitlines()))[2] == [FORMULA]
    assert bcp(["query", "DROP TABLE documents", "-d", str(datasets)]) == 1
    assert "query_not_a_select" in capsys.readouterr().err


def test_csv_holds_every_dataset(datasets: Path, tmp_path: Path) -> None:
    """A file per dataset that Excel opens as UTF-8, formulas guarded, and a note that says whose data is in it."""
    counts = export_csv(ExportRequest(processed=datasets, output=tmp_path / "csv"))
    assert set(counts) == set(DATASET_NAMES)
    for name in DATASET_NAMES:
        path = tmp_path / "csv" / f"{name}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert rows[0] == dataset_schema(name).names
        assert len(rows) - 1 == counts[name]
        assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "@", "+"))]
    assert "ปิดชื่อ" in (tmp_path / "csv" / "README.txt").read_text(encoding="utf-8-sig")


def test_duckdb_holds_every_dataset(datasets: Path, tmp_path: Path) -> None:
    """A table per dataset with its types, and a table that says whose data is in it."""
    counts = export_duckdb(ExportRequest(processed=datasets, output=tmp_path / "d.duckdb"))
    with duckdb.connect(str(tmp_path / "d.duckdb"), read_only=True) as connection:
        for name in DATASET_NAMES:
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchall() == [(counts[name],)]
        assert connection.execute("SELECT personal_data FROM about").fetchall() == [(False,)]
        kinds = dict(connection.execute("SELECT column_name, data_type FROM duckdb_columns()").fetchall())
    assert kinds["bbox"] == "DOUBLE[]"
    assert kinds["missing"] == "BOOLEAN"


def test_xlsx_holds_every_dataset_as_it_is(datasets: Path, tmp_path: Path) -> None:
    """Technical names and values, first a sheet that says whose data is in it."""
    counts = export_xlsx(ExportRequest(processed=datasets, output=tmp_path / "d.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == ["about", *DATASET_NAMES]
    assert book["about"]["B2"].value.startswith("ปิดชื่อ")
    for name in DATASET_NAMES:
        assert [cell.value for cell in book[name][1]] == dataset_schema(name).names
        assert book[name].max_row - 1 == counts[name]
    assert "missing" in [cell.value for cell in book["components"]["N"]] + [
        cell.value for cell in book["components"][1]
    ]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("with_personal_data", [False, True])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "duckdb"])
def test_copies_hide_people_unless_asked(
    datasets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, kind: str, with_personal_data: bool
) -> None:
    """No byte of a copy holds a name or number, and the command says which copy it is."""
    output = tmp_path / f"copy.{kind}"
    options = ["--with-personal-data"] if with_personal_data else []
    assert bcp(["export", kind, "-d", str(datasets), "-o", str(output), *options]) == 0
    assert ("มีข้อมูลส่วนบุคคล" if with_personal_data else "ปิดชื่อ") in capsys.readouterr().out
    told = _bytes_of(output, kind)
    for secret in SECRETS:
        assert (secret.encode() in told) is with_personal_data


def _bytes_of(output: Path, kind: str) -> bytes:
    if kind == "csv":
        return b"\n".join(path.read_bytes() for path in output.iterdir())
    if kind == "duckdb":
        with duckdb.connect(str(output), read_only=True) as connection:
            tables = [connection.sql(f"SELECT * FROM {name}").to_arrow_table() for name in DATASET_NAMES]
            return repr([table.to_pylist() for table in tables]).encode()
    with zipfile.ZipFile(output) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_single_datasets_can_be_copied(datasets: Path, tmp_path: Path) -> None:
    """Only those that were named; a name that there is not is told."""
    arguments = ["export", "csv", "-d", str(datasets), "-o", str(tmp_path / "some"), "--only", "findings"]
    assert bcp(arguments) == 0
    assert sorted(path.name for path in (tmp_path / "some").glob("*.*")) == [
        ".bcp-export",
        "README.txt",
        "findings.csv",
    ]
    assert check_names([]) == DATASET_NAMES
    with pytest.raises(ConfigError, match="dataset_unknown"):
        check_names(["findings", "nothing"])


def test_cells() -> None:
    """What a spreadsheet would run is guarded, also behind spaces and in full width; numbers stay numbers."""
    for text in ("=1", "+1", "-1", "@a", " =1", "\t=1", "＝1"):
        assert guard_formula(text) == f"'{text}"
    assert csv_cell(-1.5, as_is=False) == "-1.5"
    assert csv_cell(["=1"], as_is=False) == '["=1"]'
    assert csv_cell("=1\x00", as_is=True) == "=1\x00"
