"""Whether each file has the row that it must have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from benchmarks.hostile.case import Case, Verdict
from pipeline.run import RunReport
from pipeline.sources import find_skip_reason, readable_path
from pipeline.summary import DocumentSummary

_OF_THE_RUN = frozenset({"processed_at", "seconds"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A row of the table. ``note`` says what is wrong, else what the row tells the reader."""

    name: str
    status: str
    code: str | None
    seconds: str
    memory: str
    is_right: bool
    note: str


def check_cases(cases: Sequence[Case], summaries: Sequence[DocumentSummary]) -> list[Checked]:
    """One result per case, and one per member that is not as it must be."""
    by_path = {summary.source_path: summary for summary in summaries}
    checked = []
    for case in cases:
        path = readable_path(Path(case.name))
        summary = by_path.get(path)
        checked.append(_check(path, summary, case.verdicts, _check_members(case, path, by_path)))
    return checked


def check_extra(folders: Sequence[Path], source: Path, summaries: Sequence[DocumentSummary]) -> list[Checked]:
    """Files of other folders: any status, but a row each; companions such as an index are left out and said so."""
    by_path = {summary.source_path: summary for summary in summaries}
    checked = []
    for folder in folders:
        for path in sorted((source / folder.name).rglob("*")):
            if not path.is_file():
                continue
            name = readable_path(path.relative_to(source))
            reason = find_skip_reason(path)
            if reason:
                checked.append(Checked(name=name, status="left out", code=reason, seconds="", memory="",
                                       is_right=name not in by_path, note="run.json: not_read"))  # fmt: skip
            else:
                checked.append(_check(name, by_path.get(name), None, []))
    return checked


def _check(
    path: str, summary: DocumentSummary | None, verdicts: Sequence[Verdict] | None, faults: list[str]
) -> Checked:
    if summary is None:
        return Checked(name=path, status="NO ROW", code=None, seconds="", memory="", is_right=False, note="")
    if verdicts is not None and not any(_fits(summary, verdict) for verdict in verdicts):
        faults = ["not what it must be", *faults]
    faults += find_message_faults(summary)
    return Checked(
        name=path,
        status=summary.status,
        code=summary.error_code,
        seconds=f"{summary.seconds:.1f}" if summary.seconds is not None else "–",
        memory=str(summary.peak_memory_mb or "–"),
        is_right=not faults,
        note="; ".join(faults) or (summary.error_message or "").rpartition(" | ")[2],
    )


def _check_members(case: Case, path: str, by_path: dict[str, DocumentSummary]) -> list[str]:
    found = {name.removeprefix(f"{path}!/"): row for name, row in by_path.items() if name.startswith(f"{path}!/")}
    faults = [fault for row in found.values() for fault in find_message_faults(row)]
    if case.members is None:
        return faults
    faults += [f"no row for {name}" for name in case.members.keys() - found.keys()]
    faults += [f"a row too many: {name}" for name in found.keys() - case.members.keys()]
    for name, verdict in case.members.items():
        if name in found and not _fits(found[name], verdict):
            faults.append(f"{name}: {found[name].status} {found[name].error_code}")
    return faults


def _fits(summary: DocumentSummary, verdict: Verdict) -> bool:
    status, codes = verdict
    return summary.status == status and (summary.error_code in codes if codes else summary.error_code is None)


def find_message_faults(summary: DocumentSummary) -> list[str]:
    """What a message lacks that says in Thai and English what to do; nothing for a file that was read."""
    if summary.status == "ok":
        return [] if summary.error_message is None else ["a message on a file that was read"]
    thai, _, english = (summary.error_message or "").rpartition(" | ")
    faults = []
    if not any("ก" <= letter <= "๛" for letter in thai):
        faults.append("no Thai message")
    if len(english.split()) < 4:
        faults.append("no English message")
    if summary.error_code == "internal_error":
        faults.append("a fault of the program")
    return faults


def check_rows(output: Path, report: RunReport) -> bool:
    """Files in, rows out: the same number in the dataset and in the account, no path twice."""
    documents = pd.read_parquet(output / "documents.parquet")
    account = json.loads((output / "run.json").read_text(encoding="utf-8"))
    paths = [summary.source_path for summary in report.summaries]
    causes = sum(cause["count"] for cause in account["causes"])
    troubled = account["counts"]["failed"] + account["counts"]["partial"]
    return (
        sorted(documents["source_path"]) == sorted(set(paths))
        and account["counts"]["files"] == len(paths)
        and (causes == troubled)
    )


def check_good(output: Path, alone: Path, names: Sequence[str]) -> bool:
    """The good files' rows of every dataset that a document has are those of a run without the others."""
    found, expected = (read_rows(folder, names) for folder in (output, alone))
    return bool(expected) and found == expected


def read_rows(folder: Path, names: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of some documents in all datasets, without what differs between two runs."""
    documents = pq.read_table(folder / "documents.parquet").to_pylist()
    wanted = {row["document_id"] for row in documents if row["source_path"] in names}
    return [
        {column: value for column, value in row.items() if column not in _OF_THE_RUN}
        for dataset in ("documents", "pages", "sections", "components")
        for row in pq.read_table(folder / f"{dataset}.parquet").to_pylist()
        if row["document_id"] in wanted
    ]


def snapshot(folder: Path) -> dict[str, str]:
    """Every file with the hash of its content."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()
    }
