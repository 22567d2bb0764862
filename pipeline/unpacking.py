"""Files that hold files become the files they hold: archives and mails of the input, unpacked by watched workers."""

from __future__ import annotations

import hashlib
import json
import locale
import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docmodel.document import SourceFile
from docmodel.errors import BcpError, EngineTimeoutError, SourceError
from extractors.containers.limits import DEFAULT_LIMITS
from extractors.containers.member import MAIL_TYPES, MEMBER_MARK, Member, Unpacked
from pipeline.options import Options
from pipeline.sources import Container, SkippedFile, SourceList, UnreadableFile
from pipeline.version import code_fingerprint

if TYPE_CHECKING:
    from pipeline.engines.supervisor import Ending

UNPACKED_FOLDER = ".unpacked"
_MANIFEST_FOLDER = "containers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """The input with all that stands in its archives. ``containers`` have no content of their own to read; ``roots``
    gives for each file from inside the file of the input it came in."""

    source_list: SourceList
    containers: dict[str, Container] = field(default_factory=dict)
    roots: dict[str, SourceFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackTask:
    """A file to unpack, the folder for its members and the place of the list of them. ``again``: its process died once
    before, which may have been by chance."""

    source: SourceFile
    folder: Path
    manifest: Path
    again: bool = False


@dataclass(slots=True, kw_only=True)
class Unpacker:
    """Unpacks under an output folder. What a container holds is remembered between runs; its members are unpacked
    again only where one of them has to be read. ``work`` is what a worker does with a container, ``run_unpack_task``
    unless another function of a module is given."""

    output: Path
    store: Path
    options: Options
    workers: int
    work: Callable[[UnpackTask], bool] | None = None
    _failed: dict[str, BcpError] = field(default_factory=dict)

    def expand(self, source_list: SourceList) -> Expanded:
        """The input with the members of every container, sorted by path."""
        candidates = _unique(
            source for source in source_list.sources if source.source_path in source_list.may_hold_files
        )
        self._unpack([source for source in candidates if not self._manifest(source).is_file()])
        sources: list[SourceFile] = []
        unreadable = list(source_list.unreadable)
        skipped = list(source_list.skipped)
        expanded = Expanded(source_list=source_list)
        for source in source_list.sources:
            may_hold = source.source_path in source_list.may_hold_files
            unpacked = self._read_manifest(source) if may_hold else None
            if may_hold and source.sha256 in self._failed:
                error = self._failed[source.sha256]
                expanded.containers[source.source_path] = Container(source=source, error=error)
            if unpacked is None or not unpacked.members:
                sources.append(source)
                continue
            for member in unpacked.members:
                self._place(member, source, sources, unreadable, expanded)
            skipped += [
                SkippedFile(source_path=f"{source.source_path}{MEMBER_MARK}{path}", reason=reason)
                for path, reason in unpacked.left_out
            ]
        return replace(
            expanded,
            source_list=SourceList(
                sources=tuple(sorted(sources, key=lambda source: source.source_path)),
                unreadable=tuple(unreadable),
                skipped=tuple(skipped),
            ),
        )

    def _place(
        self,
        member: Member,
        root: SourceFile,
        sources: list[SourceFile],
        unreadable: list[UnreadableFile],
        expanded: Expanded,
    ) -> None:
        """Put a member where it belongs: a file to read, a container, or what could not be unpacked."""
        path = f"{root.source_path}{MEMBER_MARK}{member.inner_path}" if member.inner_path else root.source_path
        if member.inner_path and member.sha256 is None:
            assert member.error is not None
            unreadable.append(UnreadableFile(source_path=path, error=member.error))
            return
        source = root
        if member.inner_path:
            assert member.sha256 is not None
            source = SourceFile(
                source_path=path,
                path=self._folder(root) / (member.file_name or member.sha256),
                size_bytes=member.size_bytes or 0,
                sha256=member.sha256,
            )
            expanded.roots[path] = root
        sources.append(source)
        if member.media_type not in MAIL_TYPES and (member.is_container or member.error is not None):
            expanded.containers[path] = Container(
                source=source, media_type=member.media_type, error=member.error, has_members=member.has_members
            )

    def provide(self, sources: Sequence[SourceFile], roots: dict[str, SourceFile]) -> dict[str, BcpError]:
        """Make sure that files from inside containers lie where they are to be read; the errors of those that cannot,
        by path."""
        absent = [source for source in sources if source.source_path in roots and not source.path.is_file()]
        self._unpack(list(_unique(roots[source.source_path] for source in absent)))
        return {
            source.source_path: self._failed[roots[source.source_path].sha256]
            for source in absent
            if not source.path.is_file() and roots[source.source_path].sha256 in self._failed
        }

    def clear(self) -> None:
        """Delete what was unpacked."""
        shutil.rmtree(self.output / UNPACKED_FOLDER, ignore_errors=True)

    def forget_others(self, sources: Collection[SourceFile]) -> None:
        """Delete the lists of containers that are no longer in the input."""
        wanted = {self._manifest(source).name for source in sources}
        for path in (self.store / _MANIFEST_FOLDER).glob("*.json"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _unpack(self, sources: Sequence[SourceFile]) -> None:
        if not sources:
            return
        from pipeline.engines.supervisor import Limits, Supervisor  # noqa: PLC0415  # not for a run without archives

        top = self.output / UNPACKED_FOLDER
        top.mkdir(mode=0o700, parents=True, exist_ok=True)
        limits = Limits(timeout_s=self.options.timeout_s, max_memory_bytes=self.options.max_memory_bytes)
        supervisor: Supervisor[UnpackTask, bool] = Supervisor(
            self.work or run_unpack_task, workers=self.workers, limits=limits
        )
        tasks = [
            UnpackTask(source=source, folder=self._folder(source), manifest=self._manifest(source))
            for source in sources
        ]
        for ending in supervisor.run(tasks, _follow_up):
            if ending.error is not None:
                self._failed[ending.item.source.sha256] = ending.error

    def _folder(self, root: SourceFile) -> Path:
        return self.output / UNPACKED_FOLDER / root.sha256[:32]

    def _manifest(self, source: SourceFile) -> Path:
        key = hashlib.sha256(f"{source.sha256} {DEFAULT_LIMITS} {code_fingerprint()}".encode()).hexdigest()
        return self.store / _MANIFEST_FOLDER / f"{key}.json"

    def _read_manifest(self, source: SourceFile) -> Unpacked | None:
        try:
            kept = json.loads(self._manifest(source).read_text(encoding="utf-8"))
            return Unpacked(
                members=tuple(_load_member(member) for member in kept["members"]),
                left_out=tuple((path, reason) for path, reason in kept["left_out"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _follow_up(ending: Ending[UnpackTask, bool]) -> UnpackTask | None:
    """Once more where a process died; what takes too long or too much memory does so twice."""
    by_limit = isinstance(ending.error, EngineTimeoutError) or (ending.error and ending.error.code == "memory_limit")
    return None if by_limit or ending.item.again else replace(ending.item, again=True)


def run_unpack_task(task: UnpackTask) -> bool:
    """What a worker does with a container: unpack it, note what was in it; whether it was one."""
    from extractors.containers.unpack import unpack  # noqa: PLC0415  # brings every reader; workers alone need it

    with suppress(locale.Error):  # libarchive gives the names of tar members by way of the locale
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    task.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unpacked = unpack(task.source.path, task.source.path.name, task.folder)
    content = {"members": [_dump_member(member) for member in unpacked.members], "left_out": unpacked.left_out}
    task.manifest.parent.mkdir(parents=True, exist_ok=True)
    beside = task.manifest.with_suffix(".part")
    beside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    beside.replace(task.manifest)
    return bool(unpacked.members)


def _dump_member(member: Member) -> dict[str, Any]:
    error = member.error
    own = {name: getattr(member, name) for name in member.__slots__ if name != "error"}
    return own | {"error": [error.code, error.message_th, error.message_en] if error else None}


def _load_member(kept: dict[str, Any]) -> Member:
    error = kept.pop("error")
    return Member(**kept, error=SourceError(error[0], th=error[1], en=error[2]) if error else None)


def _unique(sources: Any) -> tuple[SourceFile, ...]:
    return tuple({source.sha256: source for source in sources}.values())
