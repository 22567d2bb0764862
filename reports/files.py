"""Outputs that appear whole or not at all: written beside their place, then moved there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from docmodel.errors import ConfigError, DatasetError


@contextmanager
def written_file(output: Path) -> Iterator[Path]:
    """Where to write a file; it takes the place of ``output`` when the block ends well.

    Raises DatasetError where it cannot be written (also when the earlier file is open in a program that locks it).
    """
    writing = output.with_name(f".{output.name}.writing")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        writing.unlink(missing_ok=True)
        yield writing
        writing.replace(output)
    except OSError as error:
        raise _not_written(output, error) from error
    finally:
        with suppress(OSError):
            writing.unlink(missing_ok=True)


@contextmanager
def written_folder(output: Path, *, mark: str) -> Iterator[Path]:
    """Where to write a folder's files; it takes the place of ``output`` when the block ends well.

    ``mark`` names a file that says that the folder is this program's own. Raises ConfigError where ``output`` holds
    something else, DatasetError where it cannot be written.
    """
    if output.exists() and (not output.is_dir() or (any(output.iterdir()) and not (output / mark).exists())):
        raise ConfigError(
            "output_folder_taken",
            th=f"{output} มีไฟล์อื่นอยู่ กรุณาเลือกโฟลเดอร์ใหม่ หรือย้ายไฟล์ในนั้นออกก่อน",
            en=f"{output} holds something else; choose another folder or move its files away.",
        )
    writing = output.with_name(f".{output.name}.writing")
    old = output.with_name(f".{output.name}.old")
    try:
        shutil.rmtree(writing, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        writing.mkdir(parents=True)
        yield writing
        (writing / mark).touch()
        if output.exists():
            output.rename(old)
        writing.rename(output)
    except OSError as error:
        raise _not_written(output, error) from error
    finally:
        shutil.rmtree(writing, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _not_written(output: Path, error: OSError) -> DatasetError:
    return DatasetError(
        "output_not_written",
        th=f"เขียน {output.name} ไม่สำเร็จ กรุณาปิดไฟล์หากเปิดค้างอยู่ ตรวจสอบพื้นที่ว่างและสิทธิ์ แล้วสั่งซ้ำ",
        en=f"{output.name} could not be written ({error.strerror or type(error).__name__}); close it where it is open, "
        "check free space and permissions, then run again.",
    )
