"""Remembers the hash of each input file by size, times and inode, so that what did not change is not read again."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

INDEX_FILE = "files.json"
_SETTLED_S = 3.0
"""A file changed this shortly before it was hashed can change again within the same tick of the disk's clock, so its
hash is not remembered (network shares tick in two seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """What a file's bytes gave: their hash, and whether they may be an archive or mail."""

    sha256: str
    may_hold_files: bool


@dataclass(slots=True, kw_only=True)
class FileIndex:
    """The files of earlier runs, and those of this one to be saved. An index that cannot be read is as none."""

    path: Path | None = None
    _earlier: dict[str, list[object]] = field(default_factory=dict)
    _current: dict[str, list[object]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> FileIndex:
        """The index kept in a folder."""
        path = folder / INDEX_FILE
        try:
            earlier = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            earlier = {}
        return cls(path=path, _earlier=earlier if isinstance(earlier, dict) else {})

    def find(self, path: Path, status: os.stat_result) -> KnownFile | None:
        """What is known of a file that has not changed; None where it must be read."""
        key = os.fsencode(path.absolute()).hex()
        entry = self._earlier.get(key)
        if not isinstance(entry, list) or entry[:4] != stamp(status) or len(entry) != len(stamp(status)) + 2:
            return None
        self._current[key] = entry
        return KnownFile(sha256=str(entry[4]), may_hold_files=bool(entry[5]))

    def note(self, path: Path, status: os.stat_result, known: KnownFile) -> None:
        """Remember a file as it was before it was read, unless it was just being written."""
        if time.time() - status.st_mtime >= _SETTLED_S:
            key = os.fsencode(path.absolute()).hex()
            self._current[key] = [*stamp(status), known.sha256, known.may_hold_files]

    def save(self) -> None:
        """Keep what is known of this run's files; the earlier ones that are gone are forgotten."""
        if self.path is None or self._current == self._earlier:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".part")
        beside.write_text(json.dumps(self._current), encoding="utf-8")
        beside.replace(self.path)


def stamp(status: os.stat_result) -> list[int]:
    """Size, times and inode by which a file is known again; the change time catches one put back with its old date."""
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
