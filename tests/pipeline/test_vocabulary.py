"""The vocabulary file and how its words are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from docmodel.errors import SchemaDefinitionError
from docmodel.vocabulary import Dimension, Incident, Role
from pipeline.records.incident_names import find_incidents
from pipeline.terms import TermSet, compact
from pipeline.vocabulary import load_vocabulary, read_vocabulary

FILE = Path(__file__).parents[2] / "schema" / "opdc-2563" / "vocabulary.yaml"


def test_every_incident_but_other_has_words() -> None:
    """No value of the closed set is without a word that means it."""
    text = FILE.read_text(encoding="utf-8")
    assert all(f"  {incident.value}: [" in text for incident in Incident if incident is not Incident.OTHER)


def test_an_unknown_key_is_an_error_with_its_line(tmp_path: Path) -> None:
    """A slip of an editor's pen is shown with file, line and key."""
    folder = tmp_path / "opdc-2563"
    folder.mkdir()
    lines = FILE.read_text(encoding="utf-8").replace("  flood: [", "  fluud: [").split("\n")
    path = folder / "vocabulary.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    line = next(number for number, text in enumerate(lines, start=1) if "fluud" in text)
    with pytest.raises(SchemaDefinitionError, match=rf"vocabulary\.yaml:{line}.*fluud"):
        read_vocabulary(path)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("ด้านอาคาร/ สถานที่ปฏิบัติงาน หลัก", Dimension.WORKPLACE),
        ("ด้านเทคโนโลยี สารสนเทศและ ข้อมูลที่สำคัญ", Dimension.IT),
        ("ดานเทคโนโลยสารสนเทศ", Dimension.IT),
        ("ลูกค้า/ผู้ ให้บริการ", Dimension.SERVICE_PROVIDERS),
        ("หมายเหตุ", None),
    ],
)
def test_dimensions(text: str, dimension: Dimension | None) -> None:
    """Spaces inside words and lost marks do not hide a dimension; the word that stands first decides."""
    assert load_vocabulary("opdc-2563").dimensions.label(text) == dimension


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("หัวหน้าคณะบริหารความต่อเนื่อง", Role.LEADER),
        ("ผู้ประสานงานคณะบริหารความต่อเนื่อง", Role.COORDINATOR),
        ("หัวหน้าทีมบริหารความต่อเนื่องฝ่ายทดลอง", Role.TEAM_LEADER),
        ("ทีมงานบริหารความต่อเนื่อง", Role.MEMBER),
        ("ที่ปรึกษา", Role.OTHER),
    ],
)
def test_roles(text: str, role: Role) -> None:
    """The role that a wording names first, not one inside a longer name."""
    assert load_vocabulary("opdc-2563").roles.label(text) == role


def test_a_number_is_not_cut_out_of_a_longer_one() -> None:
    """Day 10 is not day 1, two weeks are not twelve."""
    terms = TermSet({"day": ["วันที่1"], "weeks": ["2สัปดาห์"]})
    assert terms.find_all("วันที่ 10") == ()
    assert terms.find_all("๑๒ สัปดาห์") == ()
    assert [match.label for match in terms.find_all("วันที่ ๑ ถึง 2 สัปดาห์")] == ["day", "weeks"]


def test_a_gap_in_a_word_takes_a_few_words_of_the_text() -> None:
    """What fails may be named between the system and its failing, but not in another item of a list."""
    terms = TermSet({"it": ["ระบบ…ล่ม"]})
    assert [match.label for match in terms.find_all("ระบบทะเบียนว่าว (KIS) ล่ม")] == ["it"]
    assert terms.find_all("ระบบว่าว, เรือล่ม") == ()


@pytest.mark.parametrize(
    ("text", "incident"),
    [
        ("กรณีระบบสารสนเทศของโรงว่าวล่ม", Incident.IT_FAILURE),
        ("Civil Unrest", Incident.PROTEST),
        ("อุบัติเหตุทางน้ำ", Incident.TRANSPORT_DISRUPTION),
    ],
)
def test_incidents(text: str, incident: Incident) -> None:
    """Incidents in other words, with words between theirs, and in English."""
    assert load_vocabulary("opdc-2563").incidents.label(text) == incident


def test_what_an_earthquake_brings_down_is_no_incident_beside_it() -> None:
    """One name of one incident; two items of a list stay two."""
    vocabulary = load_vocabulary("opdc-2563")
    named = find_incidents("แผ่นดินไหวและอาคารทรุดตัว", vocabulary)
    assert [(one.incident, one.raw) for one in named] == [(Incident.EARTHQUAKE, "แผ่นดินไหวและอาคารทรุดตัว")]
    assert len(find_incidents("แผ่นดินไหว อาคารถล่ม", vocabulary)) == 2


def test_compact() -> None:
    """Numerals, case and spaces do not matter."""
    assert compact("Call  TREE ๑") == "calltree1"


@pytest.mark.parametrize(
    ("text", "incident"),
    [
        ("เหตุการณ์อุทกภั้ย", Incident.FLOOD),
        ("เหตการณ์อัคคี่ภัย", Incident.FIRE),
        ("แผนดินไหว", Incident.EARTHQUAKE),
        ("อุปกรณ์", None),
    ],
)
def test_a_tone_too_many_or_too_few_hides_no_incident(text: str, incident: Incident | None) -> None:
    """Scans gain and lose tone marks first; short words stay exact."""
    assert load_vocabulary("opdc-2563").incidents.label(text) == incident
