"""``bcp.yaml`` beside the input: which findings an analyst has switched off or weighs differently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from docmodel.errors import ConfigError
from docmodel.issue import Severity
from pipeline.schema_files.yaml_file import line_of

CONFIG_FILE: Final = "bcp.yaml"
MAX_CONFIG_BYTES: Final = 256 * 1024
"""A page of settings is a few kilobytes; more is another file under this name."""
OFF: Final = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a folder of plans is set to. ``findings`` holds the changed severities by code, None where switched off."""

    findings: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))


def read_settings(input_path: Path, known_codes: Callable[[], Collection[str]]) -> Settings:
    """The settings beside the input (in the folder, or in the folder of the one file); the usual ones without a file.

    ``known_codes`` gives the codes of all findings; it is asked only where there are settings.

    Raises ConfigError with file, line and key of the first thing that is wrong.
    """
    folder = input_path if input_path.is_dir() else input_path.parent
    path = folder / CONFIG_FILE
    if not path.is_file():
        return Settings()
    data = _load(path)
    if data is None:
        return Settings()
    if not isinstance(data, dict):
        raise _wrong(None, "", "must be keys with values", "ต้องเป็นคู่ของคีย์และค่า")
    for key in data:
        if key != "findings":
            raise _wrong(line_of(data, (key,)), str(key), "unknown key; known: findings", "ไม่รู้จักคีย์นี้ ใช้ได้: findings")
    return Settings(findings=MappingProxyType(_findings(data, known_codes())))


def _findings(data: dict[str, Any], known_codes: Collection[str]) -> dict[str, Severity | None]:
    given = data.get("findings")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise _wrong(line_of(data, ("findings",)), "findings", "must be codes with values", "ต้องเป็นรหัสข้อสังเกตและค่า")
    changed: dict[str, Severity | None] = {}
    for code, value in given.items():
        line, key = line_of(data, ("findings", code)), f"findings.{code}"
        if code not in known_codes:
            raise _wrong(
                line, key, "there is no such finding, see docs/findings.md", "ไม่มีรหัสข้อสังเกตนี้ ดู docs/findings.md"
            )
        word = OFF if value is False else str(value).strip().lower()
        if word != OFF and word not in set(Severity):
            raise _wrong(line, key, "use error, warning, info or off", "ใช้ได้เฉพาะ error, warning, info หรือ off")
        changed[str(code)] = None if word == OFF else Severity(word)
    return changed


def _load(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise _wrong(None, "", "is too large to be a settings file", "ใหญ่เกินกว่าจะเป็นไฟล์ตั้งค่า")
        return YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(None, "", f"cannot be read ({type(error).__name__})", "อ่านไฟล์ไม่ได้ โปรดบันทึกเป็น UTF-8") from error
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        raise _wrong(line, "", "is not valid YAML", "รูปแบบ YAML ไม่ถูกต้อง") from error


def _wrong(line: int | None, key: str, en: str, th: str) -> ConfigError:
    place = CONFIG_FILE + (f":{line}" if line is not None else "") + (f" ({key})" if key else "")
    return ConfigError(
        "config_invalid",
        th=f"ไฟล์ตั้งค่า {place}: {th} แก้ไขแล้วสั่งซ้ำ",
        en=f"{place}: {en}; correct it and run again.",
    )
