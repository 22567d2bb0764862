"""The Ray engine gives the rows of the local one, and a worker that is killed costs its own document only."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from docmodel.document import SourceFile
from docmodel.errors import EngineMissingError, ExitCode
from pipeline.cli import main as bcp
from pipeline.engines.base import Engine, Task
from pipeline.engines.local import LocalEngine
from pipeline.engines.ray_engine import RayEngine, check_ray
from pipeline.engines.ray_worker import NodeWorker
from pipeline.options import Options
from pipeline.run import RunReport, RunRequest, run_batch
from tests.faults.faulty_work import do_faulty_work

ROOT = Path(__file__).parents[2]


def put(tmp_path: Path, *names: str) -> None:
    (tmp_path / "in").mkdir(exist_ok=True)
    for name in names:
        (tmp_path / "in" / f"{name}.txt").write_text(f"เนื้อหา {name}", encoding="utf-8")


def run(tmp_path: Path, engine: Engine, output: str = "out") -> RunReport:
    options = Options(timeout_s=60.0)
    request = RunRequest(input=tmp_path / "in", output=tmp_path / output, options=options, workers=2)
    return run_batch(request, engine=engine)


def rows(tmp_path: Path, output: str) -> pd.DataFrame:
    return pd.read_parquet(tmp_path / output / "documents.parquet").drop(columns=["processed_at", "seconds"])


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """A cluster of two workers on this machine."""
    ray = pytest.importorskip("ray")
    sys.path.insert(0, str(ROOT))
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()
    sys.path.remove(str(ROOT))


ray_only = pytest.mark.filterwarnings("ignore")  # Ray's own warnings are not this product's


@ray_only
def test_ray_gives_the_rows_of_the_local_engine(cluster: None, tmp_path: Path) -> None:
    """Good documents, failures and crashes: row for row the same."""
    put(tmp_path, *(f"good{number}" for number in range(6)), "segfault", "exits", "raises")
    local = run(tmp_path, LocalEngine(workers=2, work=do_faulty_work), "local")
    spread = run(tmp_path, RayEngine(workers=2, work=do_faulty_work), "ray")
    pd.testing.assert_frame_equal(rows(tmp_path, "local"), rows(tmp_path, "ray"))
    assert spread.exit_code is local.exit_code is ExitCode.SOME_DOCUMENTS_FAILED
    kept = run(tmp_path, RayEngine(workers=2, work=do_faulty_work), "ray")
    assert sum(summary.kept for summary in kept.summaries) == 6  # all that have rows of their own


@ray_only
def test_a_killed_worker_is_replaced_and_its_document_tried_once_more(cluster: None, tmp_path: Path) -> None:
    """Once lost the document is read after all; twice lost it is recorded; the others never notice."""
    put(tmp_path, "good1", "good2", "good3", "loses-worker-once", "loses-worker-always")
    run(tmp_path, RayEngine(workers=2, work=do_faulty_work))
    found = rows(tmp_path, "out").set_index("source_path")
    assert found.loc["loses-worker-always.txt", ["status", "error_code"]].tolist() == ["failed", "worker_lost"]
    assert (found.drop(index="loses-worker-always.txt")["status"] == "ok").all()


def make_task(tmp_path: Path, name: str) -> Task:
    put(tmp_path, name)
    path = tmp_path / "in" / f"{name}.txt"
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    source = SourceFile(source_path=path.name, path=path, size_bytes=len(content), sha256=digest)
    return Task(source=source, options=Options(timeout_s=60.0), bundle_path=tmp_path / "store" / "a.arrow")


def test_a_machine_without_the_file_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Nothing is read from a path that is not there or holds something else; the bytes do as well."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)
    task = make_task(tmp_path, "good1")
    content = task.source.path.read_bytes()
    worker = NodeWorker(do_faulty_work)
    request.addfinalizer(worker.close)
    task.source.path.write_bytes(b"x" * len(content))
    assert worker.read(task, None).needs_content
    task.source.path.unlink()
    assert worker.read(task, None).needs_content
    outcome = worker.read(task, content)
    assert outcome.summary is not None
    assert (outcome.summary.status, outcome.error) == ("ok", None)
    assert outcome.bundle
    assert not task.bundle_path.exists()


def test_without_ray_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """In both languages, before anything is read, with the exit code of a missing tool."""
    monkeypatch.setitem(sys.modules, "ray", None)
    put(tmp_path, "good1")
    with pytest.raises(EngineMissingError, match="ray_missing"):
        check_ray()
    arguments = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--engine", "ray"]
    assert bcp(arguments) == ExitCode.TOOL_MISSING
    told = capsys.readouterr().err
    assert "requirements-ray.lock" in told
    assert "ติดตั้ง" in told


def test_an_address_without_the_engine_is_refused(tmp_path: Path) -> None:
    """So that nobody believes that a cluster worked."""
    put(tmp_path, "good1")
    arguments = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--ray-address", "head:6379"]
    assert bcp(arguments) == ExitCode.BAD_CONFIG
