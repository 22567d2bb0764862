"""Headings understood by their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from pipeline.mapping.decide import MATCHED_FROM
from pipeline.mapping.heading_phrases import FUZZY_CUTOFF, MIN_FUZZY, _likely
from pipeline.mapping.headings import is_agency_alone, match_heading, merged_labels
from pipeline.mapping.lexicon import HEADING_WEIGHT, Phrase, PhraseKind, load_lexicon

LEXICON = load_lexicon("opdc-2563")
STRONG = [
    (phrase.text, [label for label, weight in phrase.labels if weight == HEADING_WEIGHT])
    for phrase in LEXICON.headings
    if phrase.kind is PhraseKind.LABEL and any(weight == HEADING_WEIGHT for _, weight in phrase.labels)
]

FUZZY = tuple(phrase for phrase in LEXICON.headings if len(phrase.key) >= MIN_FUZZY)


def _best(text: str) -> str | None:
    candidates = match_heading(text, LEXICON)
    return candidates[0].label if candidates and candidates[0].score >= MATCHED_FROM else None


@given(st.sampled_from(FUZZY), st.data())
def test_no_nearly_equal_phrase_is_passed_over(phrase: Phrase, data: st.DataObject) -> None:
    """The quick look keeps each phrase that an alignment finds, however its letters were damaged."""
    damaged = list(phrase.key)
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.sampled_from(["", "ก", "รส"]))
    key = data.draw(st.sampled_from(["", "การ", "สรุปของแผนงาน"])) + "".join(damaged)
    found = [one for one in FUZZY if fuzz.partial_ratio(one.key, key, score_cutoff=FUZZY_CUTOFF)]
    assert set(found) <= set(_likely(key, list(FUZZY)))


@given(st.sampled_from(STRONG), st.sampled_from(["", "1. ", "๒.๓ ", "ส่วนที่ 4 ", "(๕) "]))
def test_an_exact_alias_wins(alias: tuple[str, list[str]], number: str) -> None:
    """Every alias is recognised as its own label, whatever number stands in front."""
    text, labels = alias
    found = match_heading(f"{number}{text}", LEXICON)
    assert found[0].score >= MATCHED_FROM
    assert found[0].label in labels or any(
        found[0].label == f"{base}.{label[7:]}" for base in ("2.4", "2.6") for label in labels
    )


@pytest.mark.parametrize(
    ("clean", "damaged"),
    [
        ("วัตถุประสงค์", "วตั ถปุ ระสงค์"),
        ("สมมติฐาน", "สมมตฐาน"),
        ("ขั้นตอนการบริหารความต่อเนื่อง", "ข นตอนการบร หารความต อเน อง"),
        ("บทนำ", "บทน า"),
        ("กลยุทธ์ความต่อเนื่อง", "กลยุทธค์ วามตอ่ เนอื่ ง"),
    ],
)
def test_damaged_spellings_mean_the_same(clean: str, damaged: str) -> None:
    """A heading whose marks were lost or moved means what the clean one means."""
    assert _best(damaged) == _best(clean) is not None


@pytest.mark.parametrize(
    "text",
    ["สมมติฐานของแผนดำเนินธุรกิจอย่างต่อเนื่อง", "สมมติฐานของแผนความต่อเนื่องกรมวัดเงา", "สมมติฐานของแผนบริหารความต่อเนื่องในสภาวะวิกฤต"],
)
def test_boilerplate_and_agency_do_not_count(text: str) -> None:
    """The plan's name and the agency's change nothing in what a heading means."""
    assert match_heading(text, LEXICON)[0].label == "2.1.assumptions"
    assert match_heading(text, LEXICON)[0].score == 1.0


def test_words_of_continuity_leave_a_short_label_whole() -> None:
    """What a strategy is for says nothing else than the strategy."""
    found = match_heading("๓. กลยุทธ์ในการดำเนินงานให้ต่อเนื่อง", LEXICON)[0]
    assert (found.label, found.score) == ("2.4", 1.0)


def test_basic_facts_of_a_plan_are_no_checklist() -> None:
    """The checklist's first part is called so, too, and is told by the checklist above it."""
    assert _best("บทที่ 1 ข้อมูลพื้นฐานของแผน") != "annex.checklist"


def test_a_title_is_no_team() -> None:
    """Boilerplate alone never makes a component, however alike the letters are."""
    assert _best("แผนบริหารความต่อเนื่อง กรมวัดเงา") == "none.title"
    assert _best("24บริจารความต่อเนื่อง") not in {"2.3", "2.4", "2.7"}


def test_merged_headings_have_all_their_labels_in_order() -> None:
    """Labels joined by spaces and conjunctions are all meant."""
    found = merged_labels("๑. ขอบเขต และวัตถุประสงค์", LEXICON)
    assert found == ("2.1.scope", "2.1.objectives")


def test_a_complement_is_no_second_label() -> None:
    """What only completes another word is not joined to it."""
    assert merged_labels("วัตถุประสงค์ของทีมงาน", LEXICON) == ()
    assert _best("วัตถุประสงค์ของทีมงาน") == "2.1.objectives"


def test_a_hint_is_about_the_label_that_completes_it() -> None:
    """Steps of telling each other are the call tree; steps of another thing stay steps."""
    assert _best("ขั้นตอนการแจ้งเหตุฉุกเฉิน") == "2.8"
    assert match_heading("ขั้นตอนการแจ้งเหตุฉุกเฉิน", LEXICON)[0].score >= 0.9
    assert merged_labels("ขั้นตอนการแจ้งเหตุฉุกเฉิน", LEXICON) == ()


def test_a_dimension_alone_waits_for_its_place() -> None:
    """The five dimensions stand in four components: the words alone decide for none."""
    assert match_heading("ด้านบุคลากรหลัก", LEXICON)[0].label == "aspect.personnel"
    assert match_heading("กลยุทธ์ความต่อเนื่องด้านบุคลากร", LEXICON)[0].label in {"2.4.personnel", "2.4"}


def test_parentheses_repeat_and_do_not_decide() -> None:
    """A plan's name in parentheses does not make a heading a title."""
    assert _best("โครงสร้างและทีมงาน (Business Continuity Plan : BCP)") == "2.3"


def test_short_words_need_their_own_spelling() -> None:
    """Few consonants meet by chance: a short alias counts only where it is written out."""
    assert _best("ทุมมา") is None
    assert _best("ที่มา") == "none.background"


@pytest.mark.parametrize(
    ("text", "alone"), [("เทศบาลตำบลทดลอง", True), ("แผนของเทศบาลตำบลทดลอง", False), ("บทนำ", False)]
)
def test_agency_alone(text: str, alone: bool) -> None:
    """A line with an agency's name only is told from a heading."""
    assert is_agency_alone(text, LEXICON) is alone


@given(st.text(max_size=60))
def test_any_text_can_be_matched(text: str) -> None:
    """No text breaks the matcher, and scores stay between 0 and 1."""
    assert all(0 <= candidate.score <= 1 for candidate in match_heading(text, LEXICON))


@pytest.mark.parametrize(
    ("text", "label"),
    [("ภาคผนวก ก ลำดับการแจ้งเหตุ", "2.8"), ("Appendix B: Call Tree", "2.8"), ("ภาคผนวก ค เอกสารอื่น", "none.appendix")],
)
def test_an_annex_is_what_stands_behind_its_letter(text: str, label: str) -> None:
    """What an annex is called says what it holds; one without known words is an annex."""
    assert _best(text) == label
