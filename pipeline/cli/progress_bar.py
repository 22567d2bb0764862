"""The line that tells how far a run is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from pipeline.cli.console import message_console

if TYPE_CHECKING:
    from pipeline.progress import Progress


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar on the terminal, and what moves it; nothing where there is no terminal."""
    console = message_console()
    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("ไฟล์ files · {task.fields[pages]}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
        console=console,
        disable=hidden or not console.is_terminal,
        transient=True,
    )
    with bar:
        line = bar.add_task("อ่านแผน reading", total=None, pages="", left="")

        def show(progress: Progress) -> None:
            bar.update(
                line,
                completed=progress.files,
                total=progress.files_total,
                pages=tell_pages(progress),
                left=tell_left(progress),
            )

        yield show


def tell_pages(progress: Progress) -> str:
    """The pages of a run in words: all, those by OCR, how many a second."""
    rate = f" · {progress.pages_per_s:.1f} หน้า/วินาที pages/s" if progress.pages_per_s is not None else ""
    return f"{progress.pages} หน้า pages ({progress.ocr_pages} OCR){rate} ·"


def tell_left(progress: Progress) -> str:
    """The time that is left, nothing while nobody can tell."""
    if progress.seconds_left is None:
        return ""
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    hours, minutes = divmod(minutes, 60)
    return f"เหลือ left {hours}:{minutes:02}:{seconds:02}"
