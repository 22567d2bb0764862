"""Inputs and outputs at an address (``s3://…``, ``sftp://…``, any that fsspec knows), worked on in a folder here.

The folder is a copy that is kept between runs: only what changed at the address is fetched, only what changed here is
put back. ``run.json`` is put last, so that whoever reads the address never takes a set of datasets before it is whole.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from platformdirs import user_cache_path

from docmodel.errors import ConfigError, EngineMissingError
from pipeline.datasets.writer import RUN_FILE

PUSH_EVERY_S: Final = 30.0
"""So much work at most is lost with this machine; what is done lies at the address from then on."""
_SCHEME: Final = "://"
_INDEX: Final = ".index.json"
_LOCAL_ONLY: Final = frozenset({".cache", ".unpacked", ".lock", _INDEX})
_STORE: Final = ".store"
_BUNDLE: Final = ".arrow"
_PART: Final = ".part"


def is_address(text: str) -> bool:
    """Whether a text names a place elsewhere and not a path.

    >>> is_address("s3://plans/2570"), is_address("data/raw")
    (True, False)
    """
    return _SCHEME in text


@dataclass(slots=True)
class Mirror:
    """A folder of this machine that stands for an address."""

    address: str
    folder: Path
    _fs: Any
    _root: str
    _known: dict[str, dict[str, Any]] = field(default_factory=dict)
    _pushed_at: float = field(default_factory=time.monotonic)

    @classmethod
    def open(cls, address: str, *, purpose: str) -> Mirror:
        """The mirror of an address; ``purpose`` keeps inputs and outputs of one address apart.

        Raises EngineMissingError without fsspec or the driver of the scheme, ConfigError where the address is wrong.
        """
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415  # an extra that paths do not need
        except ImportError as error:
            raise _missing("fsspec") from error
        try:
            fs, root = url_to_fs(address)
        except ImportError as error:
            raise _missing(address.partition(_SCHEME)[0]) from error
        except Exception as error:  # drivers raise what they like for a wrong address
            raise _unreachable(address, error) from error
        key = hashlib.sha256(f"{purpose} {address}".encode()).hexdigest()[:16]
        folder = user_cache_path("opdc-bcp") / "remote" / key
        folder.mkdir(parents=True, exist_ok=True)
        mirror = cls(address, folder, fs, str(root).rstrip("/"))
        with suppress(OSError, ValueError):
            mirror._known = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        return mirror

    def pull(self, *, only: str | None = None) -> Path:
        """Fetch what is new or changed, forget what is gone; the folder, or the file where the address is one.

        ``only`` fetches one subfolder. Raises ConfigError where the address does not answer or holds nothing.
        """
        with self._translated():
            if only is None and self._fs.isfile(self._root):
                self._fetch({PurePosixPath(self._root).name: self._fs.info(self._root)})
                return self.folder / PurePosixPath(self._root).name
            top = f"{self._root}/{only}" if only else self._root
            if not self._fs.exists(top):
                if only:
                    return self.folder
                raise FileNotFoundError(top)
            found = self._fs.find(top, detail=True)
            entries = {str(path)[len(self._root) :].lstrip("/"): info for path, info in found.items()}
            self._fetch({name: info for name, info in entries.items() if _is_safe(name)})
            if only is None:
                for path in [path for path in self.folder.rglob("*") if path.is_file() and path.name != _INDEX]:
                    if path.relative_to(self.folder).as_posix() not in entries:
                        path.unlink()
        return self.folder

    def push(self, *, finished: bool = False) -> None:
        """Put back what changed here: kept results at any time, all else once the run is ``finished``."""
        here = {
            path.relative_to(self.folder).as_posix(): path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not _LOCAL_ONLY.intersection(path.relative_to(self.folder).parts)
        }
        wanted = [name for name in here if finished or (name.startswith(_STORE) and name.endswith(_BUNDLE))]
        with self._translated():
            for name in sorted(wanted, key=lambda name: (name == RUN_FILE, name)):
                with suppress(FileNotFoundError):  # a bundle that was replaced meanwhile comes with the next push
                    self._put(name, here[name])
            if finished:
                for name in [name for name in self._known if name not in here]:
                    if self._fs.exists(f"{self._root}/{name}"):
                        self._fs.rm(f"{self._root}/{name}")
                    del self._known[name]
        self._save()
        self._pushed_at = time.monotonic()

    def push_now_and_then(self) -> None:
        """Put kept results back if some time has passed."""
        if time.monotonic() - self._pushed_at >= PUSH_EVERY_S:
            self.push()

    def _put(self, name: str, path: Path) -> None:
        state = _state_here(path)
        if self._known.get(name, {}).get("here") == state:
            return
        place = f"{self._root}/{name}"
        self._fs.makedirs(place.rpartition("/")[0], exist_ok=True)
        self._fs.put_file(str(path), place + _PART)
        if self._fs.exists(place):
            self._fs.rm(place)
        self._fs.mv(place + _PART, place)
        self._known[name] = {"here": state}

    def _fetch(self, entries: dict[str, dict[str, Any]]) -> None:
        for name, info in entries.items():
            if name.endswith(_PART) and name.startswith(_STORE):
                continue
            place = self.folder / name
            state = [str(info.get(key)) for key in ("size", "ETag", "etag", "mtime", "LastModified", "created")]
            known = self._known.get(name)
            if place.is_file() and known is not None and known.get("there", state) == state:
                continue  # as it was fetched, or put there by this machine
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = place.with_name(f".{place.name}{_PART}"[:255])
            self._fs.get_file(info["name"], str(beside))
            beside.replace(place)
            self._known[name] = {"here": _state_here(place), "there": state}
        self._save()

    def _save(self) -> None:
        beside = self.folder / f"{_INDEX}{_PART}"
        beside.write_text(json.dumps(self._known), encoding="utf-8")
        beside.replace(self.folder / _INDEX)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # drivers raise what they like, and all of it ends the run
            raise _unreachable(self.address, error) from error


def _state_here(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _is_safe(name: str) -> bool:
    """Whether a name stays inside the folder."""
    parts = PurePosixPath(name).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(name).is_absolute()


def _missing(what: str) -> EngineMissingError:
    return EngineMissingError(
        "fsspec_missing",
        th=f"ยังไม่ได้ติดตั้งส่วนที่ใช้อ่านที่อยู่แบบ {what} ติดตั้งด้วยคำสั่ง: .venv/bin/pip install -r requirements-ray.lock "
        "และตัวเชื่อมของบริการนั้น (เช่น s3fs) หรือคัดลอกไฟล์มาไว้ในเครื่อง",
        en=f"What reads addresses of {what} is not installed. Install it with: .venv/bin/pip install -r "
        "requirements-ray.lock and the driver of the service (such as s3fs), or copy the files to this machine.",
    )


def _unreachable(address: str, error: Exception) -> ConfigError:
    scheme = address.partition(_SCHEME)[0]
    return ConfigError(
        "address_unreachable",
        th=f"อ่านหรือเขียนที่อยู่ {scheme}:// ไม่ได้ กรุณาตรวจสอบที่อยู่ สิทธิ์ และเครือข่าย แล้วสั่งซ้ำ งานที่เสร็จแล้วเก็บไว้",
        en=f"The {scheme}:// address cannot be read or written ({type(error).__name__}); check it, its permissions and "
        "the network, then run again. What is done is kept.",
    )
