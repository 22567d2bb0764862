"""How much of the samples' figures holds when a plan is written or laid out otherwise.

    python -m benchmarks.variations [--pdf] [--seeds N] [--only NAME ...] [--keep FOLDER]

Each change of ``changes.py`` is made to both sample plans, read as Word or, with ``--pdf``, as LibreOffice's print, and
scored by ``../shared/score.py`` against the same gold. Prints statuses, false "present" and the records' F1 per change,
worst first; a team that takes its name from a heading takes the heading's other words, which counts as a wrong field.
Changes that come out differently each time are made ``--seeds`` times. Needs ``../shared``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import docx

from benchmarks.tables.printing import print_words
from benchmarks.variations.changes import CHANCE, CHANGES, SAMPLES

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = dict(zip(SAMPLES, ("000", "001"), strict=True))


def make_files(folder: Path, names: list[str], seeds: int, *, pdf: bool) -> dict[str, Any]:
    """The changed plans, and the mapping by which they are scored."""
    mapping = {}
    for name in names:
        for sample in SAMPLES:
            for seed in range(seeds if name in CHANCE else 1):
                document = docx.Document(str(SHARED / "samples" / f"{sample}.docx"))
                CHANGES[name](document, Random(f"{name} {seed}"))
                path = folder / f"{sample}-{name}-{seed}.docx"
                document.save(str(path))
                mapping[path.with_suffix(".pdf" if pdf else ".docx").name] = {
                    "gold": GOLD[sample], "group": name, "status": "ok", "only": ["documents", "components", "records"],
                }  # fmt: skip
    if pdf:
        words = sorted(folder.glob("*.docx"))
        print_words(words)
        for path in words:
            path.unlink()
    return mapping


def score(folder: Path, mapping: dict[str, Any]) -> dict[str, Any]:
    """What the scorer says of each group; what was wrong goes to ``errors.txt``."""
    (folder / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    bcp = Path(sys.executable).with_name("bcp")
    subprocess.run([bcp, "extract", folder / "in", "-o", folder / "out", "--quiet"], check=True)
    command: list[str | Path] = [
        sys.executable,
        SHARED / "score.py",
        folder / "out",
        folder / "mapping.json",
        "--gold",
        SHARED / "gold",
    ]
    command += ["--json", folder / "score.json", "--errors", folder / "errors.txt"]
    subprocess.run(command, check=True, capture_output=True)
    found: dict[str, Any] = json.loads((folder / "score.json").read_text(encoding="utf-8"))
    return found


def print_scores(scores: dict[str, Any]) -> None:
    """A line per change, worst first."""
    print(f"{'change':20} {'plans':>5} {'status':>7} {'false present':>14} {'records':>8} {'fields':>7}")
    groups = scores["groups"].items()
    for name, found in sorted(
        groups, key=lambda item: (item[1]["components"]["accuracy"], item[1]["records"]["macro_f1"])
    ):
        components, records = found["components"], found["records"]
        print(
            f"{name:20} {found['documents']:5} {components['accuracy']:7.3f} {components['false_present']:14} "
            f"{records['macro_f1']:8.3f} {records['field_accuracy']:7.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdf", action="store_true", help="as LibreOffice prints them")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=CHANGES, default=list(CHANGES))
    parser.add_argument("--keep", type=Path, help="make the files and results here and leave them")
    given = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"the sample plans are not there: {SHARED}")
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        (folder / "in").mkdir(parents=True, exist_ok=True)
        print_scores(score(folder, make_files(folder / "in", given.only, given.seeds, pdf=given.pdf)))


if __name__ == "__main__":
    main()
