"""Runs the pipeline over a folder of everything that does harm, and says of each file what came of it.

    .venv/bin/python -m benchmarks.hostile.run [FOLDER WITH MORE FILES ...] [--keep DIR] [--quick] [--files 10000]

Each file must have its row with the right status and a message that says what to do; the good files between them must
come out as they do alone; nothing may be fetched or written elsewhere; no worker may pass its memory limit.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.hostile.cases import GOOD, hostile_cases  # noqa: E402
from benchmarks.hostile.checks import (  # noqa: E402
    Checked,
    check_cases,
    check_extra,
    check_good,
    check_rows,
    snapshot,
)
from benchmarks.hostile.watching import Listener, MemoryMeter  # noqa: E402
from benchmarks.hostile.work import run_task_or_fault  # noqa: E402
from pipeline.engines.local import LocalEngine  # noqa: E402
from pipeline.logs import configure_logging  # noqa: E402
from pipeline.options import Options  # noqa: E402
from pipeline.run import RunReport, RunRequest, run_batch  # noqa: E402

ESCAPED = "bcp-escaped.docx"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of more broken files to read with the others")
    parser.add_argument("--keep", type=Path, help="make the files here and leave them and the results")
    parser.add_argument("--quick", action="store_true", help="without the large ones")
    parser.add_argument("--only", nargs="*", help="patterns of names: these files alone, beside the good ones")
    parser.add_argument("--files", type=int, default=10_000, help="small files of the second run; 0 for none")
    parser.add_argument("--timeout", type=float, default=90.0, help="seconds that a document may take")
    given = parser.parse_args()
    configure_logging(level=logging.CRITICAL)
    work = given.keep or Path(tempfile.mkdtemp(prefix="bcp-hostile-"))
    work.mkdir(parents=True, exist_ok=True)
    try:
        failures = run_hostile(work, given.folders, quick=given.quick, timeout_s=given.timeout, only=given.only)
        if given.files:
            failures += run_many(work / "many", given.files)
    finally:
        if given.keep is None:
            shutil.rmtree(work, ignore_errors=True)
    print(f"\n{failures} wrong" if failures else "\nall as it should be")
    return 1 if failures else 0


def run_hostile(
    work: Path, folders: list[Path], *, quick: bool, timeout_s: float, only: list[str] | None = None
) -> int:
    """The hostile files, those of other folders beside them; how many things went wrong."""
    source, output = work / "in", work / "out"
    with Listener() as listener:
        cases = [case for case in hostile_cases(listener.url) if not (quick and case.is_large)]
        if only:
            cases = [case for case in cases if case.name in GOOD or any(fnmatchcase(case.name, each) for each in only)]
        write(source, {case.name: case.make() for case in cases})
        for folder in folders:
            shutil.copytree(folder, source / folder.name, dirs_exist_ok=True)
        before = snapshot(source)
        report, meter, seconds = run(source, output, timeout_s=timeout_s)
        fetched = listener.count
    rows = check_cases(cases, report.summaries) + check_extra(folders, source, report.summaries)
    print_table(rows)
    alone = work / "alone"
    write(alone / "in", {case.name: case.make() for case in cases if case.name in GOOD})
    run(alone / "in", alone / "out", timeout_s=timeout_s)
    limit_mb = Options().max_memory_bytes / 1e6
    facts = {
        "rows as documents and as run.json say": check_rows(output, report),
        "good files as alone": check_good(output, alone / "out", GOOD),
        "input untouched": snapshot(source) == before,
        "nothing written elsewhere": not find_escaped(work),
        "nothing fetched": fetched == 0,
        f"worker {meter.worker_mb:.0f} MB at most, limit {limit_mb:.0f} + 300": meter.worker_mb < limit_mb + 300,
    }
    for fact, holds in facts.items():
        print(f"{'✓' if holds else '✗'} {fact}")
    print(
        f"{len(report.summaries)} rows in {seconds:.0f} s, exit code {report.exit_code}, "
        f"main process {meter.main_mb:.0f} MB"
    )
    return sum(not row.is_right for row in rows) + sum(not holds for holds in facts.values())


def run_many(work: Path, count: int) -> int:
    """So many small files, and again; how many things went wrong."""
    write(work / "in", {f"{n % 100:02}/{n:05}.txt": f"บันทึกสั้นของหน่วยงานสมมติ ฉบับที่ {n}".encode() for n in range(count)})
    report, meter, seconds = run(work / "in", work / "out", timeout_s=90)
    again, _, seconds_again = run(work / "in", work / "out", timeout_s=90)
    facts = {
        f"{count} small files: a row each": len(report.summaries) == count and report.exit_code == 0,
        "the second run reads none": again.account["counts"]["kept_from_earlier_run"] == count,
    }
    for fact, holds in facts.items():
        print(f"{'✓' if holds else '✗'} {fact}")
    print(
        f"{seconds:.0f} s, again {seconds_again:.1f} s; "
        f"worker {meter.worker_mb:.0f} MB, main process {meter.main_mb:.0f} MB"
    )
    return sum(not holds for holds in facts.values())


def run(source: Path, output: Path, *, timeout_s: float) -> tuple[RunReport, MemoryMeter, float]:
    request = RunRequest(
        input=source, output=output, options=Options(timeout_s=timeout_s), workers=min(2, os.cpu_count() or 1)
    )
    started = time.monotonic()
    with MemoryMeter() as meter:
        report = run_batch(request, engine=LocalEngine(workers=request.workers, work=run_task_or_fault))
    return report, meter, time.monotonic() - started


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def find_escaped(work: Path) -> list[Path]:
    """What an archive managed to write under its own name: anywhere in the work folder, its parents, or the root."""
    places = [*work.rglob(ESCAPED), *(folder / ESCAPED for folder in work.parents), Path("/tmp") / ESCAPED]
    return [place for place in places if place.exists()]


def print_table(rows: list[Checked]) -> None:
    width = max(len(row.name) for row in rows)
    for row in rows:
        mark = "✓" if row.is_right else "✗"
        told = f"{row.status:9} {row.code or '':28} {row.seconds:>6} s {row.memory:>6} MB"
        print(f"{mark} {row.name:{width}}  {told}  {row.note}")


if __name__ == "__main__":
    sys.exit(main())
