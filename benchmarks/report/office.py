"""Simulates a round of plans and makes workbook, letters and exports of it: time, size, peak memory of each.

``python benchmarks/report/office.py [PLANS] [OUTPUT …]``; each output is made in a process of its own, for its memory.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks.report.simulate import simulate

PLANS = 10_000
MAKING = ("workbook", "letters", "csv", "duckdb", "query")
_TODAY = date(2026, 1, 1)


def main() -> None:
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    plans = numbers[0] if numbers else PLANS
    wanted = [name for name in MAKING if name in sys.argv] or list(MAKING)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        simulate(folder / "processed", plans, failed=plans // 100)
        size = sum(path.stat().st_size for path in (folder / "processed").glob("*.parquet"))
        print(
            f"{plans} plans simulated in {time.monotonic() - started:.1f} s, datasets {size / 1e6:.1f} MB", flush=True
        )
        for making in wanted:
            process = get_context("spawn").Process(target=measure, args=(making, folder))
            process.start()
            process.join()


def measure(making: str, folder: Path) -> None:
    """Make one output and print what it took."""
    make: Callable[[Path, Path], None] = globals()[f"make_{making}"]
    output = folder / making
    started = time.monotonic()
    make(folder / "processed", output)
    seconds = time.monotonic() - started
    files = [output] if output.is_file() else [path for path in output.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files if path.exists())
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        f"{making}: {seconds:.1f} s ({usage.ru_utime + usage.ru_stime:.1f} s of a core), {len(files)} files, "
        f"{size / 1e6:.1f} MB, peak memory {usage.ru_maxrss / 1024:.0f} MB",
        flush=True,
    )


def make_workbook(processed: Path, output: Path) -> None:
    from reports.workbook.build import WorkbookRequest, build_workbook  # noqa: PLC0415

    build_workbook(WorkbookRequest(processed=processed, output=output, report=processed / "report", today=_TODAY))


def make_letters(processed: Path, output: Path) -> None:
    """With a register of half as many agencies again, a third of which sent nothing."""
    from reports.data import read_dataset  # noqa: PLC0415
    from reports.letters.build import LettersRequest, build_letters  # noqa: PLC0415
    from reports.letters.form import Form  # noqa: PLC0415
    from reports.register_file import ExpectedAgency  # noqa: PLC0415

    sent = read_dataset(processed, "documents", ("agency_name",))["agency_name"].dropna().unique()
    names = [*sent, *(f"องค์การบริหารส่วนตำบลยังไม่ส่ง {number:05d}" for number in range(len(sent) // 2))]
    register = [ExpectedAgency(name=name, deadline=_TODAY - timedelta(days=30)) for name in names]
    build_letters(LettersRequest(processed=processed, output=output, form=Form(), today=_TODAY, register=register))


def make_csv(processed: Path, output: Path) -> None:
    from reports.query.export import ExportRequest, export_csv  # noqa: PLC0415

    export_csv(ExportRequest(processed=processed, output=output))


def make_duckdb(processed: Path, output: Path) -> None:
    from reports.query.export import ExportRequest, export_duckdb  # noqa: PLC0415

    export_duckdb(ExportRequest(processed=processed, output=output))


def make_query(processed: Path, output: Path) -> None:
    """A question over the largest dataset that can hold words of people, which is masked for it."""
    from reports.query.engine import ask  # noqa: PLC0415

    ask(processed, "SELECT element_id, status, count(*) FROM components GROUP BY ALL")
    output.touch()


if __name__ == "__main__":
    main()
