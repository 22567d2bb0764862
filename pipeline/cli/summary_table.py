"""The end summary: per plan the agency, its components, findings and time; then what failed and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from docmodel.vocabulary import DocumentClass, DocumentStatus, ElementStatus
from pipeline.causes import Cause, group_causes
from pipeline.summary import DocumentSummary

SYMBOLS: dict[str, str] = {
    ElementStatus.PRESENT.value: "[green]●[/]",
    ElementStatus.PARTIAL.value: "[yellow]◐[/]",
    ElementStatus.MISSING.value: "[red]○[/]",
    ElementStatus.UNREADABLE.value: "[magenta]?[/]",
    ElementStatus.NOT_APPLICABLE.value: "[dim]–[/]",
}
LEGEND = "● present มีครบ   ◐ partial มีบางส่วน   ○ missing ไม่พบ   ? unreadable อ่านไม่ได้"

_MAX_PLANS = 60
_MAX_FILES_PER_CAUSE = 5
_MAX_CORRECTION_ISSUES = 20
_STATUS_WORDS = {
    DocumentStatus.FAILED.value: ("อ่านไม่ได้ failed", "red"),
    DocumentStatus.PARTIAL.value: ("อ่านได้บางส่วน partial", "magenta"),
}


def print_summary(console: Console, summaries: Sequence[DocumentSummary], component_ids: Sequence[str]) -> None:
    """Print plans, other documents, and failures grouped by cause."""
    plans = [summary for summary in summaries if summary.document_class == DocumentClass.BCP_PLAN.value]
    others = [
        summary
        for summary in summaries
        if summary.document_class not in (None, DocumentClass.BCP_PLAN.value) and not summary.failed
    ]  # fmt: skip
    if plans:
        _print_plans(console, plans, component_ids)
    if others:
        _print_others(console, others)
    _print_causes(console, group_causes(summaries))


def _print_plans(console: Console, plans: Sequence[DocumentSummary], component_ids: Sequence[str]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("แผน plan", overflow="fold", ratio=3)
    table.add_column("หน่วยงาน agency", overflow="fold", ratio=3)
    for element_id in component_ids:
        table.add_column(element_id, justify="center", no_wrap=True)
    table.add_column("ข้อสังเกต findings", justify="right", no_wrap=True)
    table.add_column("วินาที s", justify="right", no_wrap=True)
    for plan in plans[:_MAX_PLANS]:
        symbols = [SYMBOLS.get(plan.components.get(element_id, ""), " ") for element_id in component_ids]
        name = escape(plan.source_path) + (" [magenta](partial)[/]" if plan.status == DocumentStatus.PARTIAL else "")
        findings = str(sum(plan.findings.values()))
        table.add_row(name, escape(plan.agency_name or "–"), *symbols, findings, _seconds(plan))
    console.print(table)
    if len(plans) > _MAX_PLANS:
        console.print(f"… อีก {len(plans) - _MAX_PLANS} แผน ดูใน components.parquet | and that many more")
    console.print(LEGEND, style="dim")


def _print_others(console: Console, others: Sequence[DocumentSummary]) -> None:
    counts: dict[str, list[str]] = defaultdict(list)
    for summary in others:
        counts[summary.document_class or ""].append(summary.source_path)
    console.print("\nไม่ใช่แผน | not plans:", style="bold")
    for document_class, paths in sorted(counts.items()):
        console.print(f"  {document_class}: {_some(paths)}")


def _print_causes(console: Console, causes: Sequence[Cause]) -> None:
    """Failures and partly read files by cause, each with what to do and which files it is about."""
    if causes:
        console.print("\nอ่านไม่ได้หรือได้ไม่ครบ | not or not fully read:", style="bold")
    for cause in causes:
        word, style = _STATUS_WORDS[cause.status]
        console.print(f"  [{style}]{word}[/] {cause.count} ไฟล์ files · {cause.code}")
        first = f"{escape(cause.source_paths[0])}: " if cause.differs else ""
        _print_indented(console, f"→ {first}{escape(cause.message_th)}")
        _print_indented(console, escape(cause.message_en), style="dim")
        _print_indented(console, _some(cause.source_paths), style="cyan")


def print_removed(console: Console, removed: Sequence[str]) -> None:
    """Say which files of the run before are no longer in the input, so that nobody looks for their rows."""
    if removed:
        console.print(
            f"\n[yellow]ไม่อยู่ในโฟลเดอร์แล้ว จึงลบแถวออก | no longer in the input, their rows are gone[/]: "
            f"{len(removed)} ไฟล์ files"
        )
        _print_indented(console, _some(removed), style="cyan")


def print_corrections(console: Console, corrections: Mapping[str, Any]) -> None:
    """Print how many verdicts the reviewers decided, and each correction that could not be used, with what to do."""
    issues = corrections["issues"]
    if not corrections["applied"] and not issues:
        return
    console.print(f"\nการแก้ไขของผู้ตรวจ | corrections: {corrections['applied']} ใช้แล้ว applied", style="bold")
    for issue in issues[:_MAX_CORRECTION_ISSUES]:
        console.print(f"  [yellow]{issue['code']}[/] {escape(issue['message_th'])}")
        console.print(f"    {escape(issue['message_en'])}", style="dim")
    if len(issues) > _MAX_CORRECTION_ISSUES:
        console.print(f"  … (+{len(issues) - _MAX_CORRECTION_ISSUES}) run.json")


def _print_indented(console: Console, text: str, *, style: str = "none") -> None:
    """A paragraph whose every line begins further right."""
    console.print(Padding(text, (0, 0, 0, 4)), style=style)


def _some(paths: Sequence[str]) -> str:
    more = len(paths) - _MAX_FILES_PER_CAUSE
    shown = escape(", ".join(paths[:_MAX_FILES_PER_CAUSE]))
    return f"{shown}, … (+{more})" if more > 0 else shown


def _seconds(summary: DocumentSummary) -> str:
    if summary.kept:
        return "[dim]เดิม kept[/]"
    return f"{summary.seconds:.1f}" if summary.seconds is not None else ""
