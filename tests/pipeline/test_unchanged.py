"""A run over what has not changed leaves the datasets alone; whatever their rows depend on is noticed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import unchanged
from pipeline.datasets.rows import DATASETS
from pipeline.engines.base import Outcome, Task
from pipeline.options import OcrMode, Options
from pipeline.run import RunReport, RunRequest, run_batch
from pipeline.task import run_task

PLAN = "แผนดำเนินธุรกิจอย่างต่อเนื่อง\nเทศบาลตำบลบ้านฝายดาว\n1. วัตถุประสงค์\nเพื่อให้บริการประชาชนได้ต่อเนื่องในภาวะวิกฤต\n"
OLD = 1_700_000_000


class InlineEngine:
    """Reads in this process, and counts."""

    def __init__(self) -> None:
        self.read = 0

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        for task in tasks:
            self.read += 1
            yield Outcome(task=task, summary=run_task(task))


@pytest.fixture
def request_(tmp_path: Path) -> RunRequest:
    """A run over two plans, done once."""
    request = RunRequest(input=tmp_path / "in", output=tmp_path / "out", options=Options())
    request.input.mkdir()
    write(request, "one.txt", PLAN)
    write(request, "two.txt", PLAN + "2. ขอบเขต\nใช้ในอาคารสำนักงาน\n")
    run(request)
    return request


def write(request: RunRequest, name: str, text: str) -> None:
    """Write an input file with a date long past, as files that people send have."""
    path = request.input / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (OLD, OLD))


def run(request: RunRequest) -> tuple[RunReport, int]:
    """The report of a run and how many files it read."""
    engine = InlineEngine()
    return run_batch(request, engine=engine), engine.read


def dataset_marks(request: RunRequest) -> set[tuple[int, int]]:
    """What tells the dataset files there are from others put in their places: the inode, which a file system gives out
    again, with the time it was last written."""
    found = ((request.output / f"{name}.parquet").stat() for name in DATASETS)
    return {(status.st_ino, status.st_mtime_ns) for status in found}


def test_unchanged_datasets_stay_and_the_receipt_is_of_today(request_: RunRequest) -> None:
    """The second and third run write nothing but run.json, and say the same of each file."""
    first = json.loads((request_.output / "run.json").read_text(encoding="utf-8"))
    before = dataset_marks(request_)
    for _ in range(2):
        report, read = run(request_)
        account = json.loads((request_.output / "run.json").read_text(encoding="utf-8"))
        assert dataset_marks(request_) == before
        assert read == 0
        assert account["counts"]["kept_from_earlier_run"] == 2
        assert account["rows"] == first["rows"]
        assert account["corrections"] == first["corrections"]
        assert [{**entry, "kept": False} for entry in account["documents"]] == first["documents"]
        assert [summary.as_dict() for summary in report.summaries] == account["documents"]


def add_file(request: RunRequest) -> None:
    write(request, "three.txt", PLAN + "3. สมมติฐาน\n")


def remove_file(request: RunRequest) -> None:
    (request.input / "two.txt").unlink()


def change_file_behind_its_date(request: RunRequest) -> None:
    write(request, "one.txt", PLAN.replace("ฝายดาว", "ดาวฝาย"))


def copy_file(request: RunRequest) -> None:
    write(request, "zz.txt", PLAN)


def add_skipped_file(request: RunRequest) -> None:
    (request.input / "readme.md").write_text("-", encoding="utf-8")


def correct(request: RunRequest) -> None:
    (request.input / "corrections.csv").write_text(
        "source_path,element_id,status\none.txt,2.1,present\n", encoding="utf-8"
    )


def set_severity(request: RunRequest) -> None:
    (request.input / "bcp.yaml").write_text("findings:\n  plan_outdated: off\n", encoding="utf-8")


def lose_dataset(request: RunRequest) -> None:
    (request.output / "components.parquet").unlink()


def cut_dataset(request: RunRequest) -> None:
    path = request.output / "findings.parquet"
    path.write_bytes(path.read_bytes()[:-10])


def change_dataset_behind_its_date(request: RunRequest) -> None:
    path = request.output / "sections.parquet"
    status = path.stat()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def change_run(request: RunRequest) -> None:
    path = request.output / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"failed": 0', '"failed": 1'), encoding="utf-8")


def lose_result(request: RunRequest) -> None:
    next((request.output / ".store").glob("*.arrow")).unlink()


def forget(request: RunRequest) -> None:
    (request.output / ".store" / unchanged.MARK_FILE).write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        add_file,
        remove_file,
        change_file_behind_its_date,
        copy_file,
        add_skipped_file,
        correct,
        set_severity,
        lose_dataset,
        cut_dataset,
        change_dataset_behind_its_date,
        change_run,
        lose_result,
        forget,
    ],
)
def test_every_change_is_noticed(request_: RunRequest, change: Callable[[RunRequest], None]) -> None:
    """Input, what lies beside it, and output: the datasets are written anew, and whole."""
    before = dataset_marks(request_)
    change(request_)
    report, _ = run(request_)
    assert not dataset_marks(request_) & before
    documents = pq.read_table(request_.output / "documents.parquet")
    assert documents.num_rows == len(report.summaries) == report.account["counts"]["files"]
    assert report.account["counts"]["failed"] == 0
    after = dataset_marks(request_)
    run(request_)
    assert dataset_marks(request_) == after


def test_corrections_show_in_runs_that_change_nothing(request_: RunRequest) -> None:
    """What the batch laid over a verdict is in the summary of a later run, too."""
    correct(request_)
    first, _ = run(request_)
    second, read = run(request_)
    assert read == 0
    assert first.account["corrections"]["applied"] == second.account["corrections"]["applied"] == 1
    assert first.summaries[0].components["2.1"] == second.summaries[0].components["2.1"] == "present"


@pytest.mark.parametrize("name", ["pipeline_version", "code_fingerprint"])
def test_another_version_writes_anew(request_: RunRequest, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The metadata of the datasets name the version, also where no row changes."""
    before = dataset_marks(request_)
    monkeypatch.setattr(unchanged, name, lambda: "another")
    run(request_)
    assert not dataset_marks(request_) & before


@pytest.mark.parametrize(
    "changed",
    [
        {"options": Options(ocr=OcrMode.NEVER)},
        {"only": "one.txt"},
        {"force": True},
    ],
    ids=["ocr", "only", "force"],
)
def test_other_settings_write_anew(request_: RunRequest, changed: dict[str, object]) -> None:
    """Also a run over a part of the input, whose datasets hold that part."""
    before = dataset_marks(request_)
    run(replace(request_, **changed))
    assert not dataset_marks(request_) & before


def test_more_workers_change_nothing(request_: RunRequest) -> None:
    """How a run goes is no part of what comes of it."""
    before = dataset_marks(request_)
    run(replace(request_, workers=7))
    assert dataset_marks(request_) == before
