"""Names of files from inside archives and mails, made readable and harmless to show."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from extractors.containers.limits import DEFAULT_LIMITS

_MAX_PATH_PARTS = 20
_DRIVE = re.compile(r"\A[A-Za-z]:")
_SHOWN_INSTEAD = "\N{REPLACEMENT CHARACTER}"
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_INVISIBLE_BUT_HARMLESS = frozenset("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}")
_UNLIKELY_LETTERS = re.compile("[\u0800-\u0dff\u0e80-\u1dff\u1f00-\u1fff\u2c00-\u2dff]")
_THAI_LETTERS = re.compile("[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER KHOMUT}]")


def decode_name(raw: bytes) -> str:
    """A name whose encoding nobody wrote down: UTF-8, else the Thai Windows code page, else escaped bytes.

    Three Thai letters of that page can by chance be one UTF-8 letter of a script that no Thai office writes (Greek
    with breathings, Burmese); then it is the Thai page.

    >>> decode_name("แผน.pdf".encode("cp874"))
    'แผน.pdf'
    """
    if raw.isascii():
        return raw.decode("ascii")
    utf8, thai = _decode(raw, "utf-8"), _decode(raw, "cp874")
    if utf8 is None or (thai is not None and not _THAI_LETTERS.search(utf8) and _UNLIKELY_LETTERS.search(utf8)):
        return thai if thai is not None else raw.decode("ascii", errors="backslashreplace")
    return utf8


def repair_zip_name(name: str, *, is_utf8: bool) -> str:
    """The name of a zip member. Without the UTF-8 flag it was read as the code page of 1981, which no Thai office uses;
    a name in letters of that page alone stays as it is."""
    if is_utf8:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    decoded = decode_name(raw)
    return decoded if _THAI_LETTERS.search(decoded) or _decode(raw, "utf-8") is not None else name


def repair_surrogates(name: str) -> str:
    """A name that a mail gives as bare bytes, read by Python as UTF-8 or kept as surrogates, as Thai where it is."""
    return decode_name(name.encode("utf-8", errors="surrogateescape"))


def clean_path(name: str, *, max_name_chars: int = DEFAULT_LIMITS.max_name_chars) -> str:
    """A path from inside an archive as it can be shown: relative, with ``/``, nothing that breaks a line or hides.

    ``..``, drives and leading slashes go: no file is ever written under such a name, so the content can be read.
    Empty where nothing is left.

    >>> clean_path("C:\\\\plans\\\\..\\\\แผน.pdf")
    'plans/แผน.pdf'
    """
    parts = _DRIVE.sub("", name).replace("\\", "/").split("/")
    kept = [_clean_part(part, max_name_chars) for part in parts if part.strip() not in ("", ".", "..")]
    return "/".join(kept[-_MAX_PATH_PARTS:])


def clean_name(name: str) -> str:
    """A single name without control characters, line ends or marks that turn the direction of reading."""
    return "".join(_SHOWN_INSTEAD if _is_harmful(character) else character for character in name)


def _clean_part(part: str, max_chars: int) -> str:
    cleaned = clean_name(unicodedata.normalize("NFC", part)).strip()
    if len(cleaned) <= max_chars:
        return cleaned
    stem, dot, suffix = cleaned.rpartition(".")
    tail = f"~{hashlib.sha256(cleaned.encode()).hexdigest()[:8]}" + (
        f"{dot}{suffix}" if dot and len(suffix) < 10 else ""
    )
    return (stem or cleaned)[: max_chars - len(tail)] + tail


def _is_harmful(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _HIDDEN_CATEGORIES or (category == "Cf" and character not in _INVISIBLE_BUT_HARMLESS)


def _decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
