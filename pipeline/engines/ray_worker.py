"""What runs on a machine of a cluster: one document at a time, in the guarded process of the local engine."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from docmodel.document import SourceFile
from docmodel.errors import BcpError
from pipeline.engines.base import Task
from pipeline.engines.fingerprint import engine_fingerprint
from pipeline.engines.local import LocalEngine
from pipeline.summary import DocumentSummary
from pipeline.version import code_fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteOutcome:
    """What came of a task elsewhere: ``bundle`` holds the bytes of the document's rows; ``needs_content`` says that the
    machine does not see the file."""

    summary: DocumentSummary | None = None
    error: BcpError | None = None
    seconds: float | None = None
    bundle: bytes | None = None
    needs_content: bool = False


class NodeWorker:
    """A worker of the cluster; ``work`` is what its guarded process does with a task."""

    def __init__(self, work: Callable[[Task], DocumentSummary | None]) -> None:
        self._engine = LocalEngine(workers=1, work=work)
        self._folder = tempfile.TemporaryDirectory(prefix="bcp-node-", ignore_cleanup_errors=True)
        # guarded processes run the main file of their parent; that of a Ray worker would start Ray in each of them
        sys.modules["__main__"].__file__ = None

    def close(self) -> None:
        """Remove what the worker laid down."""
        self._folder.cleanup()

    def identify(self) -> tuple[str, str]:
        """Which code and which OCR this machine has."""
        return code_fingerprint(), engine_fingerprint()

    def read(self, task: Task, content: bytes | None) -> RemoteOutcome:
        """Read a document, from its place or from the bytes given; its rows come back with the outcome."""
        folder = Path(self._folder.name)
        source = task.source if content is None else _put(task.source, content, folder)
        if content is None and not _is_here(source):
            return RemoteOutcome(needs_content=True)
        cache_dir = task.options.cache_dir if task.options.cache_dir and task.options.cache_dir.is_dir() else None
        own_task = replace(
            task,
            source=source,
            options=replace(task.options, cache_dir=cache_dir),
            bundle_path=folder / task.bundle_path.name,
        )
        try:
            (outcome,) = self._engine.run([own_task])
            found = own_task.bundle_path
            return RemoteOutcome(
                summary=outcome.summary,
                error=outcome.error,
                seconds=outcome.seconds,
                bundle=found.read_bytes() if outcome.summary is not None else None,
            )
        finally:
            own_task.bundle_path.unlink(missing_ok=True)
            if content is not None:
                source.path.unlink(missing_ok=True)


def _put(source: SourceFile, content: bytes, folder: Path) -> SourceFile:
    """The file, laid down on this machine."""
    path = folder / f"{source.sha256[:32]}{source.path.suffix}"
    path.write_bytes(content)
    return replace(source, path=path)


def _is_here(source: SourceFile) -> bool:
    """Whether this machine sees the file, and sees the same."""
    try:
        if source.path.stat().st_size != source.size_bytes:
            return False
        with source.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == source.sha256
    except OSError:
        return False
