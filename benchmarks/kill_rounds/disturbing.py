"""Ways to disturb a run, and what stands in its output afterwards."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
import pyarrow.parquet as pq

from benchmarks.hostile import archives, pdfs, words
from benchmarks.kill_rounds.light import start_light
from pipeline.datasets.rows import DATASETS

_OF_THE_RUN = frozenset({"processed_at", "seconds"})
_WAIT_S = 180.0
"""A run that takes longer hangs."""


def make_input(folder: Path, count: int) -> None:
    """Small quick documents of several kinds, some in an archive, some that cannot be read."""
    folder.mkdir(parents=True)
    for number in range(count):
        content = words.word_file(
            "".join(words.paragraph(f"{number}.{line} {words.SENTENCE}") for line in range(60)),
        )
        (folder / f"แผน-{number:02}.docx").write_bytes(content)
    (folder / "pages.pdf").write_bytes(pdfs.pages(20))
    (folder / "ใน.zip").write_bytes(words.pack({f"{n}.docx": archives.plan(f"ในซิป {n}") for n in range(4)}))
    (folder / "mail.eml").write_bytes(archives.mail({"แนบ.docx": archives.plan("แนบ")}))
    (folder / "copy.docx").write_bytes((folder / "แผน-00.docx").read_bytes())


class Run:
    """A run that goes on beside this process: the command itself, or one that reads in no time."""

    is_light = False

    def __init__(self, source: Path, output: Path, max_file_bytes: int | None = None) -> None:
        if self.is_light:
            self._process = psutil.Process(start_light(source, output, max_file_bytes))
        else:
            self._process = _start_command(source, output, max_file_bytes)
        self.process_id: int = self._process.pid

    def is_running(self) -> bool:
        if isinstance(self._process, subprocess.Popen):
            return self._process.poll() is None
        return bool(self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE)

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        """The exit code; -1 where it had to be killed for hanging."""
        try:
            code = self._process.wait(_WAIT_S)
        except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
            self.kill()
            self._process.wait(_WAIT_S)
            return -1
        finally:
            # the workers that a killed run leaves would end by themselves a little later
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process_id, signal.SIGKILL)
        return int(code)


def _start_command(source: Path, output: Path, max_file_bytes: int | None) -> psutil.Popen:
    def limit() -> None:
        if max_file_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, max_file_bytes))

    return subprocess.Popen(
        [sys.executable, "-m", "reports.cli", "extract", str(source), "-o", str(output), "--workers", "2", "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limit,  # noqa: PLW1509  # no threads here
        start_new_session=True,
    )


def run_whole(source: Path, output: Path) -> int:
    return Run(source, output).wait()


def read_datasets(output: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows, without what the clock puts in."""
    return {
        name: [
            {column: value for column, value in row.items() if column not in _OF_THE_RUN}
            for row in pq.read_table(output / f"{name}.parquet").to_pylist()
        ]
        for name in DATASETS
        if (output / f"{name}.parquet").is_file()
    }


class Place:
    """An output folder; a small one is a disk of its own that can fill, where this user may mount one."""

    def __init__(self, folder: Path, *, small: bool, chance: random.Random) -> None:
        self.output = folder / "out"
        self._folder = folder
        self._small = small
        self._kilobytes = chance.randint(8, 600)
        self.is_mounted = False

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True)
        if self._small:
            options = f"size={self._kilobytes}k"
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", options, "none", str(self._folder)], capture_output=True, check=False
            )
            self.is_mounted = done.returncode == 0
        return self

    def widen(self) -> None:
        """Give the disk room again."""
        if self.is_mounted:
            subprocess.run(["mount", "-o", "remount,size=200m", str(self._folder)], check=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_mounted:
            subprocess.run(["umount", str(self._folder)], check=True)
        shutil.rmtree(self._folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to disturb; it says in a word what it hit."""

    name: str
    disturb: Callable[[Path, Place, random.Random, float], str]
    needs_small_disk: bool = False


def kill_main(source: Path, place: Place, chance: random.Random, duration: float) -> str:
    run = Run(source, place.output)
    time.sleep(chance.uniform(0, duration))
    was_running = run.is_running()
    run.kill()
    run.wait()
    return "killed" if was_running else "had ended"


def kill_worker(source: Path, place: Place, chance: random.Random, duration: float) -> str:
    return _kill_below(source, place, chance, duration, depth=2)


def kill_fork_server(source: Path, place: Place, chance: random.Random, duration: float) -> str:
    return _kill_below(source, place, chance, duration, depth=1)


def fill_disk(source: Path, place: Place, chance: random.Random, duration: float) -> str:
    limit = None if place.is_mounted else chance.randint(500, 60_000)
    return f"exit code {Run(source, place.output, limit).wait()}"


def _kill_below(source: Path, place: Place, chance: random.Random, duration: float, *, depth: int) -> str:
    """Kill a child (depth 1) or grandchild (2) of the run and let the run go on to its end."""
    run = Run(source, place.output)
    time.sleep(chance.uniform(0, duration))
    hit = "none there"
    while run.is_running() and hit == "none there":
        with suppress(psutil.Error):
            children = psutil.Process(run.process_id).children()
            wanted = children if depth == 1 else [worker for child in children for worker in child.children()]
            if wanted:
                chance.choice(wanted).kill()
                hit = "killed"
        time.sleep(0.01)
    code = run.wait()
    return f"{hit}, then it hung" if code == -1 else f"{hit}, exit code {code}"


FAULTS = (
    Fault("main process", kill_main),
    Fault("worker", kill_worker),
    Fault("full disk", fill_disk, needs_small_disk=True),
    Fault("fork server", kill_fork_server),
)
