"""Holds an output folder for one run, so that two runs never write it at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docmodel.errors import ConfigError

LOCK_FILE = ".lock"


@contextmanager
def claimed(output: Path) -> Iterator[None]:
    """Hold the output folder for this run; a second run on it at the same time is refused."""
    lock = output / LOCK_FILE
    try:
        output.mkdir(parents=True, exist_ok=True)
        stream = lock.open("a+")
    except OSError as error:
        raise ConfigError(
            "output_not_writable",
            th=f"เขียนโฟลเดอร์ผลลัพธ์ {output} ไม่ได้ กรุณาตรวจสอบสิทธิ์หรือเลือกโฟลเดอร์อื่นด้วย -o",
            en=f"The output folder {output} cannot be written ({error.strerror}); check its permissions or choose "
            "another with -o.",
        ) from error
    with stream:
        if not _lock(stream.fileno()):
            raise ConfigError(
                "output_in_use",
                th=f"มีการประมวลผลอื่นกำลังเขียน {output} กรุณารอให้เสร็จหรือเลือกโฟลเดอร์อื่นด้วย -o",
                en=f"Another run is writing {output}; wait for it or choose another folder with -o.",
            )
        yield


def _lock(file_number: int) -> bool:
    """Take the lock of an open file; True on systems without such locks."""
    try:
        import fcntl  # noqa: PLC0415  # not on Windows, where WSL is the supported way
    except ImportError:
        return True
    try:
        fcntl.flock(file_number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
