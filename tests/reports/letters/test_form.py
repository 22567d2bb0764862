"""Whom a letter is addressed to, its numerals and its file name."""

from __future__ import annotations

from datetime import date

import pytest

from reports.letters.form import NO_AGENCY, Form, file_name, find_recipient


@pytest.mark.parametrize(
    ("name", "kind", "province", "recipient"),
    [
        ("เทศบาลเมืองตัวอย่าง", "local_government", None, "นายกเทศมนตรีเมืองตัวอย่าง"),
        ("องค์การบริหารส่วนตำบลตัวอย่าง", "local_government", None, "นายกองค์การบริหารส่วนตำบลตัวอย่าง"),
        ("กรมตัวอย่าง", "department", None, "อธิบดีกรมตัวอย่าง"),
        ("สำนักงานปลัดกระทรวงตัวอย่าง", "department", None, "ปลัดกระทรวงตัวอย่าง"),
        ("กระทรวงตัวอย่าง", "ministry", None, "ปลัดกระทรวงตัวอย่าง"),
        ("สำนักงานจังหวัดลำพูน", "province", "ลำพูน", "ผู้ว่าราชการจังหวัดลำพูน"),
        ("โรงเรียนตัวอย่าง", "school", None, "ผู้อำนวยการโรงเรียนตัวอย่าง"),
        ("องค์การตัวอย่าง", "public_organization", None, "หัวหน้าหน่วยงาน องค์การตัวอย่าง"),
        (None, None, None, f"หัวหน้าหน่วยงาน {NO_AGENCY}"),
    ],
)
def test_recipients(name: str | None, kind: str | None, province: str | None, recipient: str) -> None:
    """The head's own title where the kind of body has one, else a title that is never wrong."""
    assert find_recipient(name, kind, province) == recipient


def test_numerals() -> None:
    """Numbers become Thai, words in Latin letters and addresses stay."""
    form = Form(thai_numerals=True)
    assert form.digits("ภายใน 30 วัน ข้อ 2.1 หน้า 12") == "ภายใน ๓๐ วัน ข้อ ๒.๑ หน้า ๑๒"
    assert form.digits("opdc1@example.go.th COVID-19 PMQA4.0") == "opdc1@example.go.th COVID-19 PMQA4.0"
    assert form.digits("ระบบ e-Service 5 ระบบ") == "ระบบ e-Service ๕ ระบบ"
    assert Form().digits("30") == "30"


def test_days() -> None:
    """A day in Thai words, or dots to fill in."""
    assert Form().day(date(2026, 5, 31)) == "31 พฤษภาคม 2569"
    assert set(Form().day(None)) == {".", " "}


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON:", "ก" * 300, "", "a\x00b/\N{RIGHT-TO-LEFT OVERRIDE}c"])
def test_file_names_are_safe(name: str) -> None:
    """No name leaves the folder, is too long for a disk, or hides its ending."""
    made = file_name(name, "0123456789abcdef")
    assert made.endswith("-01234567.docx")
    assert not set(made) & set('/\\:*?"<>|\x00\N{RIGHT-TO-LEFT OVERRIDE}')
    assert len(made.encode()) < 250
    assert not made.startswith((".", "-"))
