"""Mails of Outlook, written byte by byte: there is no free library that makes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Storage = Mapping[str, Union[bytes, "Storage"]]  # a recursive name cannot be written with |

SENDER, ADDRESS = "ผู้ส่งตัวอย่าง", "sender@example.org"
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ROOT, _FOLDER, _FILE = 5, 1, 2
_TEXT, _OLD_TEXT, _BYTES, _NUMBER, _OBJECT = 0x001F, 0x001E, 0x0102, 0x0003, 0x000D


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    kids: list[int] = field(default_factory=list)


def compound_file(root: Storage) -> bytes:
    """A compound file of streams and folders."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, root)
    mini, mini_table = bytearray(), []
    sectors, table = bytearray(), []

    def chain(data: bytes, size: int, into: bytearray, numbers: list[int]) -> int:
        count = -(-len(data) // size)
        first = len(numbers)
        into += data + bytes(count * size - len(data))
        numbers.extend([*range(first + 1, first + count), _END] if count else [])
        return first if count else _END

    for entry in entries[1:]:
        if entry.kind == _FILE and entry.content:
            small = len(entry.content) < _CUTOFF
            entry.start = chain(entry.content, *((_MINI, mini, mini_table) if small else (_SECTOR, sectors, table)))
    entries[0].content = bytes(mini)
    entries[0].start = chain(bytes(mini), _SECTOR, sectors, table)
    mini_start = chain(b"".join(struct.pack("<I", number) for number in mini_table), _SECTOR, sectors, table)
    directory = b"".join(_directory_entry(entry) for entry in entries)
    directory_start = chain(directory, _SECTOR, sectors, table)
    count = 1
    while (len(table) + count) * 4 > count * _SECTOR:
        count += 1
    assert count <= 109, "larger than this writer can do"
    table_sectors = list(range(len(table), len(table) + count))
    table += [_TABLE] * count
    packed = b"".join(struct.pack("<I", number) for number in table)
    sectors += packed + b"\xff" * (count * _SECTOR - len(packed))
    header = struct.pack(
        "<8s16s5H6xIII4xIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory_start,
        _CUTOFF, mini_start, -(-len(mini_table) * 4 // _SECTOR), _END, 0,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", number) for number in [*table_sectors, *[_FREE] * (109 - count)])
    return header + bytes(sectors)


def _add(entries: list[_Entry], parent: int, storage: Storage) -> None:
    for name, value in sorted(storage.items(), key=lambda item: (len(item[0]), item[0].upper())):
        number = len(entries)
        entries[parent].kids.append(number)
        if isinstance(value, bytes):
            entries.append(_Entry(name, _FILE, value))
        else:
            entries.append(_Entry(name, _FOLDER))
            _add(entries, number, value)
    entries[parent].child = _balance(entries, entries[parent].kids)


def _balance(entries: list[_Entry], kids: list[int]) -> int:
    if not kids:
        return _FREE
    middle = len(kids) // 2
    entries[kids[middle]].left = _balance(entries, kids[:middle])
    entries[kids[middle]].right = _balance(entries, kids[middle + 1 :])
    return kids[middle]


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sI16sIII",
        name, len(name), entry.kind, 1, entry.left, entry.right, entry.child, b"", 0, b"",
        entry.start if entry.content else (0 if entry.kind == _FOLDER else _END), len(entry.content), 0,
    )  # fmt: skip


def _properties(
    head: bytes, values: Mapping[int, str | bytes | int | Storage], *, is_old: bool = False
) -> dict[str, bytes | Storage]:
    """The streams of some properties, and the list of them; old texts are in the Thai Windows page."""
    streams: dict[str, bytes | Storage] = {}
    listed = bytearray(head)
    for number, value in values.items():
        if isinstance(value, int):
            listed += struct.pack("<IIII", number << 16 | _NUMBER, 6, value, 0)
            continue
        text_kind = _OLD_TEXT if is_old else _TEXT
        kind = text_kind if isinstance(value, str) else _BYTES if isinstance(value, bytes) else _OBJECT
        content = value.encode("cp874" if is_old else "utf-16-le") if isinstance(value, str) else value
        size = len(content) + {_TEXT: 2, _OLD_TEXT: 1}.get(kind, 0) if isinstance(content, bytes) else _FREE
        listed += struct.pack("<IIII", number << 16 | kind, 6, size, 0)
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = content
    return {"__properties_version1.0": bytes(listed), **streams}


def mail_storage(
    subject: str,
    text: str,
    attachments: Mapping[str, bytes | Storage],
    *,
    is_inside: bool = False,
    is_old: bool = False,
    code_page: int | None = None,
) -> Storage:
    """A mail as a folder of streams; an attachment that is one itself is a mail in the mail."""
    head = bytes(8) + struct.pack("<IIII", 0, len(attachments), 0, len(attachments)) + (b"" if is_inside else bytes(8))
    values: dict[int, str | bytes | int | Storage] = {0x0037: subject, 0x1000: text, 0x0C1A: SENDER, 0x0C1F: ADDRESS}
    if code_page is not None:
        values[0x3FFD] = code_page
    mail = _properties(head, values, is_old=is_old)
    for number, (name, content) in enumerate(attachments.items()):
        if isinstance(content, bytes):
            values = {0x3707: name, 0x3705: 1, 0x3701: content}
        else:
            values = {0x3001: name, 0x3705: 5, 0x3701: content}
        if code_page is not None:
            values[0x3FFD] = code_page
        mail[f"__attach_version1.0_#{number:08X}"] = _properties(bytes(8), values, is_old=is_old)
    return mail


def outlook_mail(
    subject: str,
    text: str,
    attachments: Mapping[str, bytes | Storage],
    *,
    is_old: bool = False,
    code_page: int | None = None,
) -> bytes:
    """A ``.msg`` file."""
    return compound_file(mail_storage(subject, text, attachments, is_old=is_old, code_page=code_page))
