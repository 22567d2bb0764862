"""Reads damaged files of every kind for a bounded time; what fails is kept as a case of the tests.

    .venv/bin/python -m benchmarks.fuzz.run [--seconds 30] [--kinds pdf docx ...] [--seed 1]

Each kind has a process of its own, so that a crash of a library is told with the file that caused it.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402

from benchmarks.fuzz.mutating import damaged  # noqa: E402
from benchmarks.fuzz.reading import FaultError, read_as_worker  # noqa: E402
from benchmarks.fuzz.seeds import kinds  # noqa: E402

CASES = ROOT / "tests" / "cases" / "fuzz"
_BATCH = 100
_SLOW_S = 20.0
"""A small damaged file that takes longer than this hangs, on however busy a machine."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0, help="for each kind")
    parser.add_argument("--kinds", nargs="*", default=list(kinds()), choices=kinds())
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given_arguments = parser.parse_args()
    found = 0
    for kind in given_arguments.kinds:
        found += fuzz_apart(kind, given_arguments.seconds, given_arguments.seed)
    print(f"{found} faults; the files are in {CASES.relative_to(ROOT)}" if found else "no fault")
    return 1 if found else 0


def fuzz_apart(kind: str, seconds: float, first_seed: int) -> int:
    """Fuzz in a process of its own; how many faults there were, a crash included."""
    with tempfile.NamedTemporaryFile(prefix="bcp-fuzz-last-") as last:
        process = multiprocessing.get_context("fork").Process(
            target=lambda: sys.exit(min(100, fuzz(kind, seconds, first_seed, Path(last.name))))
        )
        process.start()
        process.join()
        code = process.exitcode or 0
        if 0 <= code <= 100:
            return code
        path = keep(kind, Path(last.name).read_bytes())
        print(f"✗ {kind}: the process ended with {code} on {path.name}", flush=True)
        return 1


def fuzz(kind: str, seconds: float, first_seed: int, last: Path) -> int:
    """Faults found in so many seconds; the same fault counts once."""
    faulthandler.enable()
    known: set[str] = set()
    count = 0
    started = time.monotonic()

    def look(content: bytes) -> None:
        nonlocal count
        count += 1
        last.write_bytes(content)
        begun = time.monotonic()
        try:
            read_as_worker(content, kind)
        except FaultError as fault:
            if str(fault) not in known:
                raise
        if time.monotonic() - begun > _SLOW_S and "slow" not in known:
            known.add("slow")
            print(f"  {kind}: slow, {keep(kind, content).name}", flush=True)

    number = first_seed
    while time.monotonic() - started < seconds:
        number += 1
        try:
            _batch(kind, number, look)()
        except FaultError as fault:
            known.add(str(fault))
            print(f"✗ {kind}: {fault}: {keep(kind, last.read_bytes()).name}", flush=True)
    print(f"{'✗' if known else '✓'} {kind}: {count} files in {time.monotonic() - started:.0f} s", flush=True)
    return len(known)


def _batch(kind: str, number: int, look: Callable[[bytes], None]) -> Callable[[], None]:
    @seed(number)
    @settings(
        max_examples=_BATCH,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(content=damaged(kind))
    def examine(content: bytes) -> None:
        look(content)

    return examine


def keep(kind: str, content: bytes) -> Path:
    """The file as a case that the tests read from now on."""
    CASES.mkdir(parents=True, exist_ok=True)
    path = CASES / f"{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
    path.write_bytes(content)
    return path


if __name__ == "__main__":
    sys.exit(main())
