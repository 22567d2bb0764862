"""A document that crashes, hangs or kills its process costs its own row and no other."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from docmodel.errors import ConfigError, ExitCode
from pipeline.claim import claimed
from pipeline.engines.local import LocalEngine
from pipeline.options import Options
from pipeline.run import RunReport, RunRequest, run_batch
from pipeline.sources import find_sources
from pipeline.unpacking import Unpacker
from tests.faults.faulty_work import do_faulty_unpacking, do_faulty_work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


def run(tmp_path: Path, *, workers: int = 2, timeout_s: float = 300.0, force: bool = False) -> RunReport:
    request = RunRequest(
        input=tmp_path / "in",
        output=tmp_path / "out",
        options=Options(timeout_s=timeout_s),
        workers=workers,
        force=force,
    )
    return run_batch(request, engine=LocalEngine(workers=workers, work=do_faulty_work))


def put(tmp_path: Path, *names: str) -> None:
    (tmp_path / "in").mkdir(exist_ok=True)
    for name in names:
        (tmp_path / "in" / f"{name}.txt").write_text(f"เนื้อหา {name}", encoding="utf-8")


def statuses(tmp_path: Path) -> dict[str, tuple[str, str | None]]:
    documents = pd.read_parquet(tmp_path / "out" / "documents.parquet")
    return {
        row.source_path.removesuffix(".txt"): (row.status, row.error_code if isinstance(row.error_code, str) else None)
        for row in documents.itertuples()
    }


def test_crashes_touch_no_other_document(tmp_path: Path) -> None:
    """A segmentation fault, a kill, an exit and an error are four failed rows among good ones."""
    good = [f"good{number}" for number in range(6)]
    put(tmp_path, *good, "segfault", "killed", "exits", "raises")
    report = run(tmp_path)
    found = statuses(tmp_path)
    assert {name: found[name] for name in good} == dict.fromkeys(good, ("ok", None))
    assert found["segfault"] == found["killed"] == found["exits"] == ("failed", "worker_crashed")
    assert found["raises"] == ("failed", "tesseract_failed")
    assert report.exit_code is ExitCode.SOME_DOCUMENTS_FAILED
    documents = pd.read_parquet(tmp_path / "out" / "documents.parquet")
    assert documents.loc[documents["status"] == "failed", "error_message"].str.contains(" | ", regex=False).all()


def test_memory_that_a_document_filled_is_not_missing_to_the_next(tmp_path: Path) -> None:
    """What it holds would stay with its process, which is replaced."""
    put(tmp_path, "grows", "large1", "large2")
    run(tmp_path, workers=1)
    assert statuses(tmp_path) == {"grows": ("failed", "memory_limit"), "large1": ("ok", None), "large2": ("ok", None)}


def test_what_arrow_sets_aside_does_not_count_against_a_document() -> None:
    """A worker that has written rows has as much memory for the next document as before."""
    work = (
        "from pipeline.engines.memory import limit_own_memory\n"
        "limit_own_memory(1_500_000_000)\n"
        "import pyarrow as pa\n"
        "table = pa.table({'a': pa.array(['x'] * 1000)}).combine_chunks()\n"
        "print(len(bytearray(1_000_000_000)))\n"
    )
    done = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1000000000", done.stderr


def test_a_document_that_hangs_is_given_up(tmp_path: Path) -> None:
    """The limit ends a document that never answers; the others are done."""
    put(tmp_path, "hangs", "good1", "good2")
    run(tmp_path, timeout_s=10.0)
    assert statuses(tmp_path) == {
        "hangs": ("failed", "document_timeout"), "good1": ("ok", None), "good2": ("ok", None)
    }  # fmt: skip


def test_only_what_is_new_changed_or_crashed_is_read_again(tmp_path: Path) -> None:
    """Results are kept; a crash is no result, so that it is tried again; a removed file's rows go."""
    put(tmp_path, "good1", "good2", "exits")
    assert [summary.kept for summary in run(tmp_path).summaries] == [False, False, False]
    assert {summary.source_path: summary.kept for summary in run(tmp_path).summaries} == {
        "exits.txt": False, "good1.txt": True, "good2.txt": True
    }  # fmt: skip
    (tmp_path / "in" / "good1.txt").write_text("เปลี่ยนแล้ว", encoding="utf-8")
    (tmp_path / "in" / "good2.txt").unlink()
    again = run(tmp_path)
    assert {summary.source_path: summary.kept for summary in again.summaries} == {
        "exits.txt": False,
        "good1.txt": False,
    }
    assert len(list((tmp_path / "out" / ".store").glob("*.arrow"))) == 1
    assert [summary.kept for summary in run(tmp_path, force=True).summaries] == [False, False]


def test_one_and_many_workers_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    """The order in which workers finish never shows."""
    put(tmp_path, *(f"good{number}" for number in range(8)), "exits")
    run(tmp_path, workers=1)
    one = pd.read_parquet(tmp_path / "out" / "documents.parquet")
    run(tmp_path, workers=3, force=True)
    many = pd.read_parquet(tmp_path / "out" / "documents.parquet")
    pd.testing.assert_frame_equal(*(rows.drop(columns=["processed_at", "seconds"]) for rows in (one, many)))


def test_a_copy_is_a_duplicate_and_a_copy_of_a_failure_a_failure(tmp_path: Path) -> None:
    """Each file has its row; the content counts once."""
    put(tmp_path, "good1", "exits")
    for name in ("good1", "exits"):
        (tmp_path / "in" / f"z-{name}.txt").write_bytes((tmp_path / "in" / f"{name}.txt").read_bytes())
    run(tmp_path)
    assert statuses(tmp_path) == {
        "good1": ("ok", None),
        "z-good1": ("duplicate", "duplicate_content"),
        "exits": ("failed", "worker_crashed"),
        "z-exits": ("failed", "worker_crashed"),
    }


def test_the_account_of_the_run_has_a_line_per_file(tmp_path: Path) -> None:
    """``run.json`` counts what came and says with what it was read."""
    put(tmp_path, "good1", "exits")
    (tmp_path / "in" / "~$good1.docx").write_bytes(b"lock")
    run(tmp_path)
    account = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert account["counts"]["files"] == len(account["documents"]) == 2
    assert (account["counts"]["ok"], account["counts"]["failed"]) == (1, 1)
    assert account["errors"] == {"worker_crashed": 1}
    assert account["not_read"] == [{"source_path": "~$good1.docx", "reason": "office_lock_file"}]
    assert account["rows"]["documents"] == 2


@pytest.mark.parametrize(
    ("name", "code", "timeout_s"),
    [
        ("page-4-crashes", "worker_crashed", 300.0),
        ("page-4-hangs", "document_timeout", 20.0),  # long enough for three pages on a busy machine
        ("page-4-grows", "memory_limit", 300.0),
    ],
)
def test_the_pages_read_before_a_process_died_are_kept(tmp_path: Path, name: str, code: str, timeout_s: float) -> None:
    """The document is partial: three pages are there, the others are unread and not called empty."""
    (tmp_path / "in").mkdir()
    sample = next((Path(__file__).parents[2] / "data" / "raw").glob("02-*.pdf"))
    (tmp_path / "in" / f"{name}.pdf").write_bytes(sample.read_bytes())
    put(tmp_path, "good1")
    report = run(tmp_path, timeout_s=timeout_s)
    document, _good = sorted(report.summaries, key=lambda summary: summary.source_path, reverse=True)
    assert (document.status, document.error_code) == ("partial", code)
    pages = pd.read_parquet(tmp_path / "out" / "pages.parquet")
    pages = pages[pages["document_id"] == document.document_id].set_index("page_no")
    assert document.page_count == len(pages) > 4
    assert pages.loc[[1, 2, 3], "text"].str.len().min() > 50
    assert not pages.loc[4:, "text"].str.len().any()
    assert not list((tmp_path / "out" / ".store").glob("*.pages"))


def test_time_and_memory_of_each_document_are_in_the_account(tmp_path: Path) -> None:
    """Also of one whose process died; the causes say what to do and name the files."""
    put(tmp_path, "good1", "exits", "segfault")
    sample = next((Path(__file__).parents[2] / "data" / "raw").glob("06-*.docx"))
    (tmp_path / "in" / "real.docx").write_bytes(sample.read_bytes())
    run(tmp_path)
    account = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    documents = {document["source_path"]: document for document in account["documents"]}
    assert documents["exits.txt"]["seconds"] is not None
    assert account["peak_memory_mb"] == documents["real.docx"]["peak_memory_mb"] > 50
    (cause,) = account["causes"]
    assert (cause["status"], cause["code"], cause["count"]) == ("failed", "worker_crashed", 2)
    assert cause["source_paths"] == ["exits.txt", "segfault.txt"]
    assert cause["message_th"] and cause["message_en"].endswith("maintainers.")


def test_a_removed_file_is_told_once(tmp_path: Path) -> None:
    """Its rows go and the account says so; a run over a part of the folder removes nothing."""
    put(tmp_path, "good1", "good2")
    run(tmp_path)
    (tmp_path / "in" / "good2.txt").unlink()
    assert run(tmp_path).account["removed"] == ["good2.txt"]
    assert run(tmp_path).account["removed"] == []
    put(tmp_path, "good3")
    run(tmp_path)
    request = RunRequest(input=tmp_path / "in", output=tmp_path / "out", options=Options(), only="good1*")
    assert run_batch(request, engine=LocalEngine(workers=1, work=do_faulty_work)).account["removed"] == []


def test_two_runs_on_one_output_are_refused(tmp_path: Path) -> None:
    """The second run says so instead of mixing its files with the first one's."""
    put(tmp_path, "good1")
    with claimed(tmp_path / "out"), pytest.raises(ConfigError, match="output_in_use"):
        run(tmp_path)
    assert run(tmp_path).exit_code is ExitCode.OK


def test_an_archive_whose_process_was_lost_is_unpacked_once_more(tmp_path: Path) -> None:
    """A process that somebody killed costs a second try; one that dies each time is an error of that archive alone."""
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("good", "lost-once", "killed"):
        with zipfile.ZipFile(inside / f"{name}.zip", "w") as archive:
            archive.writestr("plan.txt", f"แผน {name}")
    store = tmp_path / "out" / ".store"
    unpacker = Unpacker(output=tmp_path / "out", store=store, options=Options(), workers=2, work=do_faulty_unpacking)
    expanded = unpacker.expand(find_sources(inside))
    members = {source.source_path.partition("!")[0] for source in expanded.source_list.sources} - {"killed.zip"}
    assert members == {"good.zip", "lost-once.zip"}
    error = expanded.containers["killed.zip"].error
    assert error is not None
    assert error.code == "worker_crashed"
    tries = {name: len((tmp_path / f"{name}.tries").read_bytes()) for name in ("good", "lost-once", "killed")}
    # one more where the death of a process breaks the pool, which then gives out again what it held
    assert 1 <= tries["good"] <= 2
    assert 2 <= tries["lost-once"] <= 3
    assert 2 <= tries["killed"] <= 4
