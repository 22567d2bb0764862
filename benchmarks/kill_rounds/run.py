"""Kills runs at random and runs again: the datasets must be those of an undisturbed run, row for row.

    .venv/bin/python -m benchmarks.kill_rounds.run [--rounds 200] [--seed 1] [--whole]

With --whole the command itself is run, with all reading; without, the same run with reading that takes no time.

A round is one of: the main process killed; a worker killed (the run goes on); the fork server killed; a disk that fills
while the run writes (a small tmpfs where this user may mount one, else a limit on the size of files). After each the
same command runs to its end, undisturbed, on the same output.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.kill_rounds.disturbing import FAULTS, Fault, Place, Run, make_input, read_datasets, run_whole  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=14)
    parser.add_argument("--whole", action="store_true", help="run the command itself, with all reading")
    given = parser.parse_args()
    Run.is_light = not given.whole
    work = Path(tempfile.mkdtemp(prefix="bcp-kill-"))
    try:
        wrong = run_rounds(work, rounds=given.rounds, seed=given.seed, documents=given.documents)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{wrong} rounds wrong" if wrong else "all rounds end as the undisturbed run")
    return 1 if wrong else 0


def run_rounds(work: Path, *, rounds: int, seed: int, documents: int) -> int:
    """How many rounds ended with other rows than the undisturbed run."""
    chance = random.Random(seed)
    source = work / "in"
    make_input(source, documents)
    started = time.monotonic()
    assert run_whole(source, work / "whole") == 0
    duration = time.monotonic() - started
    expected = read_datasets(work / "whole")
    print(f"{documents} documents, {duration:.1f} s undisturbed, {sum(map(len, expected.values()))} rows", flush=True)
    wrong = 0
    hits: Counter[str] = Counter()
    for number in range(1, rounds + 1):
        fault: Fault = FAULTS[number % len(FAULTS)]
        with Place(work / "round", small=fault.needs_small_disk, chance=chance) as place:
            hit = fault.disturb(source, place, chance, duration)
            place.widen()
            code = run_whole(source, place.output)
            found = read_datasets(place.output)
        same = code == 0 and found == expected
        wrong += not same
        hits[f"{fault.name}: {hit}"] += 1
        if not same:
            rows = {name: (len(found.get(name, ())), len(expected[name])) for name in expected}
            different = {name: counts for name, counts in rows.items() if found.get(name) != expected[name]}
            print(f"✗ round {number} {fault.name}: {hit}; exit code {code}; {different}", flush=True)
        if number % 10 == 0:
            print(f"{number} rounds, {wrong} wrong, {time.monotonic() - started:.0f} s", flush=True)
    for what, count in sorted(hits.items()):
        print(f"  {count:4} {what}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
