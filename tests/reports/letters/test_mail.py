"""Who gets a letter about what: nobody gets another's, and nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from benchmarks.report.simulate import write_rows
from docmodel.vocabulary import AgencyType, DocumentClass, DocumentStatus
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import DocumentRow
from reports.data import find_plans, read_dataset
from reports.letters.mail import Addressee, Unwritten, sort_mail
from reports.register import check_register
from reports.register_file import ExpectedAgency
from tests.reports.office import NAME, WORD, failed, plan

TODAY = date(2026, 10, 15)
OTHER = "โรงพยาบาลสมมุติประจำเมือง"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path


def _sort(
    folder: Path, *groups: Sequence[Row], expected: Sequence[ExpectedAgency] = (), replaced: Sequence[str] = ()
) -> tuple[tuple[Addressee, ...], tuple[Unwritten, ...]]:
    write_rows(folder, [row for group in groups for row in group])
    documents = read_dataset(folder, "documents")
    plans = find_plans(documents, read_dataset(folder, "components", ("document_id", "element_id", "status")))
    check = check_register(expected, plans, documents, today=TODAY) if expected else None
    addressees, unwritten = sort_mail(documents, plans, replaced=replaced, register=check, today=TODAY)
    told = [document["source_path"] for to in addressees for p in to.plans for document in (p.document, *p.others)]
    told += [file.source_path for to in addressees for file in to.unread]
    told += [entry.what for entry in unwritten]
    assert not set(documents["source_path"]) - set(told), "a file is in no letter and in no list"
    return addressees, unwritten


def _document(rows: Sequence[Row]) -> DocumentRow:
    (document,) = (row for row in rows if isinstance(row, DocumentRow))
    return document


def test_word_and_pdf_of_one_plan_are_one_letter(folder: Path) -> None:
    """Both files of a submission stand in one letter."""
    addressees, _ = _sort(
        folder,
        plan(1, agency_name=NAME, submission_id="s"),
        plan(2, agency_name=NAME, submission_id="s", media_type=WORD, source_path="แผน.docx"),
    )
    (to,) = addressees
    assert len(to.plans) == 1
    assert len(to.plans[0].others) == 1


def test_several_plans_of_one_agency_are_one_letter(folder: Path) -> None:
    """However the name is written."""
    addressees, _ = _sort(
        folder,
        plan(1, agency_name="ทต.บ้านตัวอย่าง", province="ลำพูน", agency_type=AgencyType.LOCAL_GOVERNMENT),
        plan(2, agency_name=NAME, province="ลำพูน", agency_type=AgencyType.LOCAL_GOVERNMENT),
    )
    assert [len(to.plans) for to in addressees] == [2]


@pytest.mark.parametrize(("one", "other"), [("ลำพูน", "ลำปาง"), ("ลำพูน", None), (None, None)])
def test_namesakes_get_a_letter_each(folder: Path, one: str | None, other: str | None) -> None:
    """Municipalities of one name are kept apart where the provinces do not say that they are one."""
    kind = AgencyType.LOCAL_GOVERNMENT
    addressees, _ = _sort(
        folder,
        plan(1, agency_name=NAME, province=one, agency_type=kind),
        plan(2, agency_name=NAME, province=other, agency_type=kind),
    )
    assert [len(to.plans) for to in addressees] == [1, 1]


def test_names_that_differ_in_a_vowel_are_two_agencies(folder: Path) -> None:
    """No letter holds the gaps of an agency with a similar name."""
    names = ("เทศบาลตำบลบ้านดง", "เทศบาลตำบลบ้านดุง")
    addressees, _ = _sort(folder, *(plan(i, agency_name=name, province="ลำพูน") for i, name in enumerate(names)))
    assert [to.agency_name for to in addressees] == list(names)


def test_a_plan_without_an_agency_has_a_letter_to_complete(folder: Path) -> None:
    """The letter is there, and the list says that the name is to be filled in."""
    addressees, _ = _sort(folder, plan(1, agency_name=None), plan(2, agency_name=None))
    assert [to.note is not None for to in addressees] == [True, True]


def test_the_newer_of_two_plans_is_told(folder: Path) -> None:
    """A plan that a newer one replaces is listed and not held against the agency."""
    old, new = plan(1, agency_name=OTHER, province="ลำพูน"), plan(2, agency_name=OTHER, province="ลำพูน")
    addressees, unwritten = _sort(folder, old, new, replaced=[_document(old).document_id])
    assert [p.document_id for to in addressees for p in to.plans] == [_document(new).document_id]
    assert [entry.what for entry in unwritten] == [_document(old).source_path]


def test_a_replaced_plan_alone_is_told(folder: Path) -> None:
    """Where the newer plan is not in the same letter, the older one keeps its own."""
    old = plan(1, agency_name=OTHER)
    addressees, _ = _sort(folder, old, replaced=[_document(old).document_id])
    assert len(addressees) == 1


@pytest.mark.parametrize("path", ["ส่งมา/แผน-00001.docx", f"ส่งมา/{OTHER}.pdf", f"{OTHER}/แผน.pdf"])
def test_an_unread_file_goes_into_the_letter_of_its_agency(folder: Path, path: str) -> None:
    """A file beside the plan under the same name, or with the agency's name in its path."""
    addressees, unwritten = _sort(
        folder,
        plan(1, agency_name=OTHER, province="ลำพูน", source_path="ส่งมา/แผน-00001.pdf"),
        plan(2, agency_name="กรมตัวอย่างการทดสอบ"),
        [failed(path)],
    )
    assert [[file.source_path for file in to.unread] for to in addressees] == [[path], []]
    assert addressees[0].unread[0].reason == "ไฟล์ตั้งรหัสผ่านไว้"
    assert unwritten == ()


@pytest.mark.parametrize(
    ("path", "code"),
    [("ใด/แผน.pdf", "pdf_encrypted"), (f"{OTHER}.pdf", "worker_crashed"), (f"{OTHER}.pdf", "tesseract_missing")],
)
def test_an_unread_file_that_nobody_has_to_mend_is_listed(folder: Path, path: str, code: str) -> None:
    """An unknown owner, or a fault on this side: the analyst looks, no agency is written to."""
    addressees, unwritten = _sort(folder, plan(1, agency_name=OTHER), [failed(path, code)])
    assert addressees[0].unread == ()
    assert [entry.what for entry in unwritten] == [path]


def test_other_files_are_listed_with_the_reason(folder: Path) -> None:
    """Letters, guidelines and copies get no letter and are in the list."""
    head = _document(plan(1))
    letter = plan(2, document_class=DocumentClass.LETTER, agency_name=NAME)[:1]
    copy = plan(3, status=DocumentStatus.DUPLICATE)[:1]
    skipped = plan(4, status=DocumentStatus.SKIPPED, document_class=None)[:1]
    _, unwritten = _sort(folder, plan(1), letter, copy, skipped)
    assert head.source_path not in [entry.what for entry in unwritten]
    assert [entry.reason for entry in unwritten] == ["ไม่ใช่แผน: หนังสือราชการ", "เนื้อหาเดียวกับไฟล์อื่น", "ข้าม"]


def test_who_has_not_sent_is_reminded_after_the_deadline_only(folder: Path) -> None:
    """Before the deadline, and where something of the agency may be there, no reminder is written."""
    expected = [
        ExpectedAgency(name=OTHER, deadline=date(2026, 9, 30)),
        ExpectedAgency(name="กรมตัวอย่างการทดสอบ", deadline=date(2026, 12, 31)),
        ExpectedAgency(name="มหาวิทยาลัยสมมุติ"),
        ExpectedAgency(name="เทศบาลตำบลบ้านตัวอยาง", deadline=date(2026, 9, 30)),
    ]
    addressees, unwritten = _sort(folder, plan(1, agency_name=NAME, province=None), expected=expected)
    assert [to.agency_name for to in addressees] == [NAME, OTHER, "มหาวิทยาลัยสมมุติ"]
    reasons = {entry.what: entry.reason for entry in unwritten}
    assert reasons["กรมตัวอย่างการทดสอบ"] == "ยังไม่ได้รับ แต่ยังไม่เลยกำหนด"
    assert NAME in reasons["เทศบาลตำบลบ้านตัวอยาง"]


def test_an_expected_agency_whose_file_is_unread_is_asked_for_it(folder: Path) -> None:
    """It is not reminded as one that sent nothing."""
    expected = [ExpectedAgency(name=OTHER, deadline=date(2026, 9, 30))]
    addressees, unwritten = _sort(folder, plan(1, agency_name=NAME), [failed(f"{OTHER}.pdf")], expected=expected)
    assert [file.name for file in addressees[1].unread] == [f"{OTHER}.pdf"]
    assert addressees[1].note is not None
    assert unwritten == ()


def test_an_unread_file_of_two_expected_namesakes_is_given_to_none(folder: Path) -> None:
    """Which of the two sent it is for a person to say."""
    expected = [ExpectedAgency(name=OTHER, province=province) for province in ("ลำพูน", "ลำปาง")]
    addressees, unwritten = _sort(folder, plan(1, agency_name=NAME), [failed(f"{OTHER}.pdf")], expected=expected)
    assert len(addressees) == 1
    assert len(unwritten) == 3
