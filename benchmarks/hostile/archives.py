"""Archives and mails made to fill the disk, to write elsewhere, or to hide what they hold."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
import zlib
from email.message import EmailMessage

from benchmarks.hostile.outlook import mail_storage, outlook_mail
from benchmarks.hostile.pdfs import checksum, deflated
from benchmarks.hostile.words import pack, paragraph, word_file

THAI_NAME = "แผน ดำเนินงานต่อเนื่อง.docx"


def plan(word: str) -> bytes:
    """A small Word file unlike the others."""
    return word_file(paragraph(f"แผนดำเนินงานต่อเนื่องของหน่วยงานสมมติ {word}"))


def raw_zip(members: dict[str, tuple[int, bytes, int]]) -> bytes:
    """An archive of members that are packed already: check sum, packed bytes, size."""
    body, entries = b"", b""
    for name, (crc, packed, size) in members.items():
        raw = name.encode()
        fields = (20, 0x800, 8, 0, 0x21, crc, len(packed), size, len(raw), 0)
        entries += struct.pack("<4sH5H3I5H2I", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, len(body)) + raw
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields) + raw + packed
    count = len(members)
    return body + entries + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(body), 0)


def member_of_zeros(megabytes: int, name: str = "แผน.txt") -> bytes:
    """A small plan, and so many megabytes of nothing."""
    content = plan("ก่อนระเบิด")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    bomb = (checksum(megabytes), deflated(megabytes), megabytes << 20)
    return raw_zip({"ก่อน.docx": (zlib.crc32(content), packed, len(content)), name: bomb})


def nested_bomb() -> bytes:
    """Ten times ten archives with half a gigabyte each."""
    bomb = (checksum(500), deflated(500), 500 << 20)
    inner = raw_zip({f"{number}.txt": bomb for number in range(10)})
    return pack({f"{number}.zip": inner for number in range(10)})


def overlapping() -> bytes:
    """Three thousand entries that all share one piece of packed data."""
    data = bytes(20 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    crc = zlib.crc32(data)
    fields = (20, 0x800, 8, 0, 0x21, crc, len(packed), len(data), 1, 0)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields) + b"a"
    body = local + packed
    entries = b"".join(
        struct.pack("<4sH5H3I5H2I", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, 0) + bytes([97 + number % 26])
        for number in range(3_000)
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 3_000, 3_000, len(entries), len(body), 0)
    return body + entries + end


def packed_zeros(megabytes: int) -> bytes:
    """A gzip with so much in it."""
    tail = struct.pack("<II", checksum(megabytes), megabytes << 20 & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + deflated(megabytes) + tail


def traversal() -> bytes:
    return pack(
        {
            "../../../../tmp/bcp-escaped.docx": plan("ขึ้นบน"),
            "/tmp/bcp-escaped.docx": plan("จากราก"),
            "C:\\Windows\\bcp-escaped.docx": plan("ไดรฟ์"),
            "ข้างใน/../../bcp-escaped.docx": plan("วกกลับ"),
        }
    )


def links_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("ลิงก์.docx")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        link.flag_bits = 0x800
        archive.writestr(link, "/etc/passwd")
        archive.writestr("จริง.docx", plan("ข้างลิงก์"))
    return buffer.getvalue()


def links_tar() -> bytes:
    """A link to a folder and a file through it, a hard link, a pipe and a device."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name, kind, target in (
            ("out", tarfile.SYMTYPE, "/tmp"),
            ("hard.docx", tarfile.LNKTYPE, "/etc/passwd"),
            ("pipe.docx", tarfile.FIFOTYPE, ""),
            ("device.docx", tarfile.CHRTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        content = plan("ผ่านลิงก์")
        info = tarfile.TarInfo("out/bcp-escaped.docx")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def thai_names() -> bytes:
    """As the archive folders of Thai Windows write names: in its code page, saying nothing of it."""
    placeholder = "n" * len(THAI_NAME)
    return pack({placeholder: plan("ชื่อไทย")}).replace(placeholder.encode(), THAI_NAME.encode("cp874"))


def false_names() -> bytes:
    return pack(
        {
            "แผน\N{RIGHT-TO-LEFT OVERRIDE}xcod.exe": plan("กลับทิศ"),
            "<img src=x onerror=alert(1)>.docx": plan("มาร์กอัป"),
            "=HYPERLINK(1).docx": plan("สูตร"),
            "บรรทัด\nสอง.docx": plan("สองบรรทัด"),
            "ย" * 300 + ".docx": plan("ชื่อยาว"),
            "[red]สี[/red].docx": plan("สี"),
        }
    )


def nested(depth: int) -> bytes:
    content = pack({"แผน.docx": plan("ลึก")})
    for _ in range(depth - 1):
        content = pack({"ใน.zip": content})
    return content


def many(count: int) -> bytes:
    """The same small plan under so many names."""
    content = plan("ซ้ำ")
    return pack({f"{number:05}.docx": content for number in range(count)})


def with_password() -> bytes:
    """One member without and one with the flag that says it is encrypted."""
    content = bytearray(pack({"เปิด.docx": plan("เปิด"), "ลับ.docx": plan("ลับ")}))
    content[content.rindex(b"PK\x03\x04") + 6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def unknown_method() -> bytes:
    """Packed in a way that nobody knows."""
    content = bytearray(pack({"แผน.docx": plan("วิธีแปลก")}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = content.rindex(mark) + offset
        content[place : place + 2] = struct.pack("<H", 98)
    return bytes(content)


def rar() -> bytes:
    """A plan as it is in a rar of version 5; no free tool makes one."""

    def number(value: int) -> bytes:
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes([*out, value])

    def block(body: bytes) -> bytes:
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    content, name = plan("ในแรร์"), THAI_NAME.encode()
    file = b"".join(
        (
            *map(number, (2, 2, len(content), 4, len(content), 0o100644)),
            struct.pack("<I", zlib.crc32(content)),
            *map(number, (0, 1, len(name))),
            name,
        )
    )
    main, end = number(1) + number(0) + number(0), number(5) + number(0) + number(0)
    return b"Rar!\x1a\x07\x01\x00" + block(main) + block(file) + content + block(end)


def mail(attachments: dict[str, bytes], subject: str = "ขอส่งแผน") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "office@example.org"
    message.set_content("เรียน ผู้อำนวยการ\n\nขอส่งแผนตามแนบ")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if message.is_multipart():
        message.set_boundary(f"boundary-{zlib.crc32(subject.encode())}")  # chance would make it another file each time
    return message.as_bytes()


def nested_mail(depth: int) -> bytes:
    content = mail({"แผน.docx": plan("ในเมล")}, "ฉบับที่ 1")
    for number in range(2, depth + 1):
        content = mail({"ส่งต่อ.eml": content}, f"ฉบับที่ {number}")
    return content


def nested_outlook() -> bytes:
    """A mail with a plan in a zip, and with another mail."""
    inner = mail_storage("ฉบับแรก", "ดูตามแนบ", {"แผน.docx": plan("ในเมลใน")}, is_inside=True)
    return outlook_mail("ส่งต่อแผน", "ดูตามแนบ", {"แผน.zip": pack({"แผน.docx": plan("ในซิป")}), "ฉบับแรก": inner})
