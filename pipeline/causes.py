"""Files that were not read, or not wholly, grouped by what is to be done about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from docmodel.vocabulary import DocumentStatus
from pipeline.summary import DocumentSummary

_TOLD = frozenset({DocumentStatus.FAILED.value, DocumentStatus.PARTIAL.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Files with the same status for the same reason. The messages are those of the first and say what to do next;
    ``differs`` tells that others have other numbers in theirs."""

    status: str
    code: str
    message_th: str
    message_en: str
    source_paths: tuple[str, ...]
    differs: bool = False

    @property
    def count(self) -> int:
        """How many files."""
        return len(self.source_paths)


def group_causes(summaries: Sequence[DocumentSummary]) -> tuple[Cause, ...]:
    """The causes, what failed before what is partial, the commonest first."""
    members: dict[tuple[str, str], list[DocumentSummary]] = defaultdict(list)
    for summary in summaries:
        if summary.status in _TOLD and summary.error_code:
            members[summary.status, summary.error_code].append(summary)
    causes = []
    for (status, code), group in members.items():
        thai, _, english = (group[0].error_message or "").partition(" | ")
        paths = tuple(summary.source_path for summary in group)
        causes.append(
            Cause(
                status=status,
                code=code,
                message_th=thai,
                message_en=english,
                source_paths=paths,
                differs=len({summary.error_message for summary in group}) > 1,
            )
        )
    return tuple(sorted(causes, key=lambda cause: (cause.status, -cause.count, cause.code)))
