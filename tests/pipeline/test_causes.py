"""Files that were not read, grouped by what is to be done."""

from __future__ import annotations

import io

from rich.console import Console

from pipeline.causes import group_causes
from pipeline.cli.summary_table import print_removed, print_summary
from pipeline.summary import DocumentSummary

MESSAGE = "ขอไฟล์ใหม่ | Ask for a new one."


def summary(path: str, status: str, code: str | None, message: str = MESSAGE) -> DocumentSummary:
    return DocumentSummary(
        source_path=path,
        document_id=path,
        status=status,
        error_code=code,
        error_message=message if code else None,
        document_class="unknown" if status == "failed" else "other",
    )


SUMMARIES = [
    summary("a.pdf", "failed", "pdf_corrupt"),
    summary("b.pdf", "partial", "pdf_truncated"),
    summary("c.pdf", "failed", "too_many_pages", "มี 4000 หน้า | It has 4000 pages."),
    summary("d.pdf", "failed", "too_many_pages", "มี 5000 หน้า | It has 5000 pages."),
    summary("e[red].docx", "ok", None),
]


def shown(*summaries: DocumentSummary) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_summary(console, summaries, ["2.1"])
    print_removed(console, ["ลบ[b].pdf"])
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_failures_come_before_parts_and_the_commonest_first() -> None:
    """Each group with its number and its message in both languages."""
    causes = group_causes(SUMMARIES)
    assert [(cause.status, cause.code, cause.count) for cause in causes] == [
        ("failed", "too_many_pages", 2), ("failed", "pdf_corrupt", 1), ("partial", "pdf_truncated", 1)
    ]  # fmt: skip
    assert [cause.differs for cause in causes] == [True, False, False]
    assert (causes[1].message_th, causes[1].message_en) == ("ขอไฟล์ใหม่", "Ask for a new one.")


def test_the_terminal_says_what_to_do() -> None:
    """A number that is one file's own stands beside its name; no name is taken for markup; a failure is no document
    of another class."""
    text = shown(*SUMMARIES)
    assert "→ c.pdf: มี 4000 หน้า" in text
    assert "→ ขอไฟล์ใหม่" in text
    assert "other: b.pdf, e[red].docx" in text
    assert "unknown:" not in text
    assert "ลบ[b].pdf" in text
