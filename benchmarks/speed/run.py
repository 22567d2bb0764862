"""How fast digital plans are read: this pipeline whole, beside other tools that read text or tables alone.

    python benchmarks/speed/run.py [--repeats N] [--only NAME ...] [FILE.pdf ...]

In each round every contender reads the same files in a process of its own, one after the other, so that what else the
machine does falls on all of them alike; medians over the rounds. The measure is pages per second of processor time
(user and system, all threads): pages per second and core of a machine that does nothing else.
The other tools are installed into ``.cache/speed-venv`` at the first run and are no part of the product.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OWN = "this pipeline, whole"
OTHERS = ("pdfplumber", "docling-parse", "camelot", "kreuzberg")
DID = {
    OWN: "text, tables, repair, mapping, records, verdicts, datasets",
    "pdfplumber": "extract_text + extract_tables",
    "docling-parse": "text lines",
    "camelot": "tables (lattice)",
    "kreuzberg": "text",
}
SHARED_NAMES = ("lampang-plan.pdf", "lampang-plan-browser.pdf", "nso-plan.pdf", "opdc-circular.pdf")
WARM_UP = "data/raw/03-*.pdf"


def find_samples() -> list[Path]:
    """Digital plans as their authors printed them: the repository's own, and larger ones where they are."""
    own = [path for path in sorted((ROOT / "data" / "raw").glob("*.pdf")) if not path.name.startswith(("03", "05"))]
    shared = ROOT.parent / "shared" / "samples"
    return own + [shared / name for name in SHARED_NAMES if (shared / name).is_file()]


def other_python() -> Path:
    """The Python of the other tools, its environment made where it is not there."""
    folder = ROOT / ".cache" / "speed-venv"
    python = folder / "bin" / "python"
    mark = folder / "installed"
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if not (mark.is_file() and mark.read_text(encoding="utf-8") == wanted):
        print("making", folder, file=sys.stderr)
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"]
        subprocess.run(install, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
        mark.write_text(wanted, encoding="utf-8")
    return python


def measure(name: str, files: list[str], python: Path | None) -> dict[str, Any]:
    warm_up = str(next(ROOT.glob(WARM_UP)))
    script = [sys.executable, HERE / "whole.py"] if name == OWN else [python, HERE / "contenders.py", name]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run([*script, warm_up, *files], capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", action="append", choices=OTHERS, help="only these beside the pipeline")
    arguments = parser.parse_args()
    files = [str(path) for path in arguments.files or find_samples()]
    names = [OWN, *(arguments.only or OTHERS)]
    python = other_python() if names[1:] else None
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    loads = []
    for _ in range(arguments.repeats):
        loads.append(os.getloadavg()[0])
        for name in names:
            rounds[name].append(measure(name, files, python))
    pages = rounds[OWN][0]["pages"]
    print(f"{len(files)} files, {pages} pages, {arguments.repeats} rounds; load {min(loads):.1f}–{max(loads):.1f}\n")
    own_s = median(one["processor_s"] for one in rounds[OWN])
    print(f"{'':24} {'pages/s and core':>16} {'peak MB':>8} {'pipeline is':>12}   what it did")
    for name in names:
        seconds = median(one["processor_s"] for one in rounds[name])
        peak = median(one["peak_mb"] for one in rounds[name])
        # of each round the ratio, since a round's contenders ran in the same minute
        ratio = median(
            other["processor_s"] / own["processor_s"] for other, own in zip(rounds[name], rounds[OWN], strict=True)
        )
        label = f"{name} {rounds[name][0].get('version', '')}".strip()
        print(f"{label:24} {pages / seconds:16.1f} {peak:8.0f} {ratio:10.2f} x   {DID[name]}")
    print(f"\n{'stage':36} {'ms a page':>10} {'share':>6}")
    stages = rounds[OWN][0]["stages"]
    for stage in stages:
        seconds = median(one["stages"][stage] for one in rounds[OWN])
        print(f"{stage:36} {1000 * seconds / pages:10.2f} {seconds / own_s:6.0%}")
    rest = median(one["processor_s"] - sum(one["stages"].values()) for one in rounds[OWN])
    print(f"{'rows, and what joins the stages':36} {1000 * rest / pages:10.2f} {rest / own_s:6.0%}")


if __name__ == "__main__":
    main()
