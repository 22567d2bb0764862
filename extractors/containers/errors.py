"""The errors of archives and their members, each with what to do."""

from __future__ import annotations

from docmodel.errors import (
    BcpError,
    CorruptSourceError,
    EncryptedSourceError,
    EngineMissingError,
    SourceTooLargeError,
    UnsupportedSourceError,
)

INSTALL_COMMAND = "sudo apt-get install -y libarchive13"


def archive_encrypted() -> BcpError:
    """A password protects the archive or the member."""
    return EncryptedSourceError(
        "archive_encrypted",
        th="ไฟล์บีบอัดมีรหัสผ่าน โปรดขอไฟล์ที่ไม่มีรหัสผ่านจากหน่วยงาน หรือแตกไฟล์แล้วนำเข้าใหม่",
        en="The archive is protected by a password. Ask the agency for one without, or unpack it and put the files in.",
    )


def archive_damaged() -> BcpError:
    """The archive or the member is cut off or damaged."""
    return CorruptSourceError(
        "archive_damaged",
        th="ไฟล์บีบอัดเสียหายหรือไม่ครบ โปรดขอไฟล์ใหม่จากหน่วยงาน",
        en="The archive is damaged or cut off. Ask the agency for a new one.",
    )


def archive_empty() -> BcpError:
    """There is nothing in the archive."""
    return CorruptSourceError(
        "archive_empty",
        th="ไม่มีไฟล์ที่นำเข้าได้ในไฟล์บีบอัด โปรดขอไฟล์ใหม่จากหน่วยงาน",
        en="There is no file to read in the archive. Ask the agency for a new one.",
    )


def archive_too_large(what_th: str, what_en: str) -> BcpError:
    """A limit is reached; what was unpacked until then is read."""
    return SourceTooLargeError(
        "archive_too_large",
        th=f"ไฟล์บีบอัด{what_th}เกินกำหนด โปรดตรวจสอบว่าไม่ใช่ไฟล์อันตราย แล้วแตกไฟล์และนำเข้าเฉพาะแผน",
        en=f"The archive holds more than the limit of {what_en}. Look whether it is meant to do harm, then unpack "
        "it and put only the plans in.",
    )


def archive_too_deep(depth: int) -> BcpError:
    """Archives in archives beyond the limit."""
    return SourceTooLargeError(
        "archive_too_deep",
        th=f"ไฟล์บีบอัดซ้อนกันเกิน {depth} ชั้น โปรดแตกไฟล์แล้วนำเข้าใหม่",
        en=f"Archives stand in archives more than {depth} deep. Unpack them and put the files in.",
    )


def member_is_link() -> BcpError:
    """The member is a link, a device or another thing without content."""
    return UnsupportedSourceError(
        "archive_link",
        th="รายการนี้ในไฟล์บีบอัดเป็นทางลัดหรืออุปกรณ์ ไม่มีเนื้อหา โปรดขอไฟล์จริงจากหน่วยงาน",
        en="This entry of the archive is a link or a device, without content. Ask the agency for the file itself.",
    )


def method_unsupported() -> BcpError:
    """The packing method is known to no reader here."""
    return UnsupportedSourceError(
        "archive_method_unsupported",
        th="วิธีบีบอัดของไฟล์นี้ไม่รองรับ โปรดแตกไฟล์แล้วนำเข้าใหม่",
        en="The packing method of this file is not supported. Unpack it and put the files in.",
    )


def members_unread(unread: int, total: int) -> BcpError:
    """Some members could not be unpacked; each has its own row."""
    return CorruptSourceError(
        "archive_members_unread",
        th=f"แตกไฟล์ไม่ได้ {unread} จาก {total} ไฟล์ โปรดดูเหตุผลที่แถวของแต่ละไฟล์",
        en=f"{unread} of {total} files in the archive could not be unpacked; see the row of each.",
    )


def libarchive_missing() -> EngineMissingError:
    """The system part that reads archives is not there."""
    return EngineMissingError(
        "libarchive_missing",
        th=f"ไม่พบ libarchive ซึ่งใช้อ่านไฟล์ .7z .rar .tar.gz โปรดติดตั้งด้วยคำสั่ง: {INSTALL_COMMAND}",
        en=f"libarchive, which reads .7z, .rar and .tar.gz files, is not installed. Run: {INSTALL_COMMAND}",
    )
