"""camelot beside the other readers, in a process and an environment of its own, made at the first use."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / ".cache" / "tables-venv"


def read_camelot_tables(path: Path) -> list[list[tuple[str, ...]]]:
    """The rows of each table that camelot's lattice finds in a file, in order."""
    process = _open_process()
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{path.resolve()}\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise RuntimeError(f"camelot ended on {path}")
    return [[tuple(row) for row in table] for table in json.loads(answer)]


@cache
def _open_process() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [_python(), HERE / "camelot_rows.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _python() -> Path:
    """The Python of camelot's environment, which is made where it is not there."""
    python, mark = FOLDER / "bin" / "python", FOLDER / "installed"
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if not (mark.is_file() and mark.read_text(encoding="utf-8") == wanted):
        print("making", FOLDER, file=sys.stderr)
        venv.create(FOLDER, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"]
        subprocess.run(install, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)
        mark.write_text(wanted, encoding="utf-8")
    return python
