"""YAML files with the line of every key, so that an error in one names file, line and key."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from platformdirs import user_cache_path
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from docmodel.errors import SchemaDefinitionError

_LONG_TEXT: Final = 20_000
"""Characters; a second per hundred thousand is what reading YAML with its lines costs at each start."""

Value = TypeVar("Value")
Location = Sequence[int | str]


def read_yaml(path: Path) -> Any:
    """Read a YAML file into mappings and lists that remember their lines.

    Raises SchemaDefinitionError where the file cannot be read or is no YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        kept = _kept_path(text)
        data = _read_kept(kept) if kept else None
        if data is None:
            data = _load(text)
            if kept:
                _keep(kept, plain(data))
        return data
    except (OSError, UnicodeDecodeError) as error:
        fail(path, None, (), f"cannot be read ({type(error).__name__})", "อ่านไฟล์ไม่ได้")
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        fail(path, line, (), f"is not valid YAML: {error.problem}", "รูปแบบ YAML ไม่ถูกต้อง")


def _load(text: str) -> Any:
    return YAML(typ="rt").load(text)


def _kept_path(text: str) -> Path | None:
    """Where the data of a text that takes long to read are kept, by its content; None for a short one."""
    if len(text) < _LONG_TEXT:
        return None
    return user_cache_path("opdc-bcp") / "schema" / f"{hashlib.sha256(text.encode()).hexdigest()}.json"


def _read_kept(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _keep(path: Path, data: Any) -> None:
    """Keep data that JSON gives back as they are; a disk that refuses costs time alone."""
    with suppress(OSError, TypeError, ValueError):
        text = json.dumps(data, ensure_ascii=False)
        if json.loads(text) != data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def parse_yaml(adapter: TypeAdapter[Value], data: Any, path: Path) -> Value:
    """Check the data of a YAML file against a type and return it as that type.

    Raises SchemaDefinitionError with the line and the key of the first thing that is wrong.
    """
    try:
        return adapter.validate_python(plain(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        location = _known_location(data, first["loc"])
        fail(path, line_of(data, location), first["loc"], first["msg"], "ค่าของคีย์นี้ไม่ถูกต้อง")


def fail(path: Path, line: int | None, location: Location, en: str, th: str) -> NoReturn:
    """Raise the SchemaDefinitionError of a place in a schema file."""
    if line is None and location:
        with suppress(OSError, UnicodeDecodeError, MarkedYAMLError):
            data = _load(path.read_text(encoding="utf-8"))  # data that were kept do not know their lines
            line = line_of(data, _known_location(data, location))
    place = f"{path.parent.name}/{path.name}" + (f":{line}" if line is not None else "")
    key = ".".join(str(part) for part in location)
    shown = f" ({key})" if key else ""
    raise SchemaDefinitionError(
        "schema_definition",
        th=f"ไฟล์โครงสร้าง {place}{shown}: {th} แก้ไขไฟล์แล้วตรวจด้วยคำสั่ง bcp schema check",
        en=f"schema file {place}{shown}: {en}; correct the file, then run bcp schema check",
    )


def line_of(data: Any, location: Location) -> int | None:
    """The 1-based line of a key or list item in data that ``read_yaml`` gave."""
    line: int | None = None
    for part in location:
        if isinstance(data, CommentedMap) and part in data:
            line = data.lc.key(part)[0] + 1
        elif isinstance(data, CommentedSeq) and isinstance(part, int) and part < len(data):
            line = data.lc.item(part)[0] + 1
        else:
            break
        data = data[part]
    return line


def plain(data: Any) -> Any:
    """The same data as ordinary dicts and lists."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return data


def _known_location(data: Any, location: Location) -> Location:
    """The part of a validator's location that stands in the file (it also names union members, which do not)."""
    known: list[int | str] = []
    for part in location:
        if _has(data, part):
            known.append(part)
            data = data[part]
    return known


def _has(data: Any, part: int | str) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)
