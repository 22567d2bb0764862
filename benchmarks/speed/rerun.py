"""What a second run over an unchanged folder costs.

    python benchmarks/speed/rerun.py [--documents N]

A folder of N different plans is made, and for each the kept result of a real plan under its own name, as a first run
would leave it. The command is then run three times: the first writes the datasets, the others find nothing changed.
Wall clock, processor time and peak memory of the whole command, its start included.
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import structlog

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.cli.extract import CACHE_FOLDER  # noqa: E402
from pipeline.datasets.bundle import read_bundle, write_bundle  # noqa: E402
from pipeline.engines.base import Outcome, Task  # noqa: E402
from pipeline.options import Options  # noqa: E402
from pipeline.run import RunRequest, run_batch  # noqa: E402
from pipeline.sources import read_source  # noqa: E402
from pipeline.task import run_task  # noqa: E402

PLAN = "data/raw/03-*.docx"


CONSONANTS = "กขคงจชซญดตถทธนบปผพภมยรลวศสหอ"


def name_agency(number: int) -> str:
    """An agency of its own for each number, told apart by letters as real ones are."""
    letters = ""
    for _ in range(4):
        number, digit = divmod(number, len(CONSONANTS))
        letters += CONSONANTS[digit]
    return f"เทศบาลตำบล{letters}"


class CopyEngine:
    """Gives every document the rows of one real plan, under the document's own name."""

    def __init__(self, folder: Path) -> None:
        source = read_source(next(ROOT.glob(PLAN)), "plan.docx")
        self._bundle = folder / "plan.arrow"
        summary = run_task(Task(source=source, options=Options(), bundle_path=self._bundle))
        assert summary is not None
        self._summary = summary
        self._tables = {name: table for name, table in read_bundle(self._bundle).items() if table.num_rows}

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        for task in tasks:
            document_id, path = task.source.document_id, task.source.source_path
            summary = replace(
                self._summary, document_id=document_id, source_path=path, agency_name=name_agency(int(Path(path).stem))
            )
            write_bundle(task.bundle_path, self._named(document_id, path), summary.as_dict())
            yield Outcome(task=task, summary=summary)

    def _named(self, document_id: str, path: str) -> dict[str, pa.Table]:
        tables = {}
        for name, table in self._tables.items():
            for column, value in (("document_id", document_id), ("source_path", path)):
                at = table.schema.get_field_index(column)
                if at >= 0:
                    values = pa.array([value] * table.num_rows, pa.string())
                    table = table.set_column(at, table.schema.field(at), values)  # noqa: PLW2901
            tables[name] = table
        return tables


def make_folder(folder: Path, documents: int) -> tuple[Path, Path]:
    """Input and output as a first run leaves them."""
    input_path, output = folder / "in", folder / "out"
    input_path.mkdir()
    for number in range(documents):
        (input_path / f"{number:05}.txt").write_text(f"แผน {number}", encoding="utf-8")
    options = Options(cache_dir=output / CACHE_FOLDER)
    run_batch(RunRequest(input=input_path, output=output, options=options), engine=CopyEngine(folder))
    return input_path, output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as name:
        input_path, output = make_folder(Path(name), arguments.documents)
        command = [Path(sys.executable).with_name("bcp"), "extract", input_path, "-o", output, "--quiet"]
        print(f"{arguments.documents} documents, load {os.getloadavg()[0]:.1f}")
        for number in range(3):
            started = time.perf_counter()
            process = subprocess.Popen(command)
            _, status, usage = os.wait4(process.pid, 0)
            assert os.waitstatus_to_exitcode(status) == 0
            print(
                f"run {number + 2}: {time.perf_counter() - started:6.2f} s wall, "
                f"{usage.ru_utime + usage.ru_stime:6.2f} s processor, {usage.ru_maxrss / 1024:5.0f} MB"
            )


if __name__ == "__main__":
    main()
