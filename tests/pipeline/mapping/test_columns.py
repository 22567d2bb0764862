"""Column heads understood together."""

from __future__ import annotations

from pipeline.mapping.columns import match_column, match_columns
from pipeline.mapping.lexicon import load_lexicon

LEXICON = load_lexicon("opdc-2563")


def test_spans_of_time_follow_their_table() -> None:
    """The same span of time belongs to the analysis or to the needs, as the other heads say."""
    assert match_columns(["กระบวนการหลัก", "ระดับความเร่งด่วน", "๔ ชั่วโมง", "๑ วัน"], LEXICON)[-1] == "2.5"
    assert match_columns(["ประเภททรัพยากร", "ที่มา", "๔ ชั่วโมง", "๑ วัน"], LEXICON)[-1] == "2.6"


def test_a_span_of_time_alone_says_nothing() -> None:
    """Without other heads a span of time is left undecided."""
    assert match_columns(["๑ สัปดาห์", "๑ เดือน"], LEXICON) == (None, None)


def test_dimensions_as_columns_are_impacts() -> None:
    """Resource dimensions side by side are the columns of the impact matrix."""
    heads = ["เหตุการณ์", "ด้านอาคารสถานที่", "ด้านวัสดุอุปกรณ์", "ด้านบุคลากร"]
    assert match_columns(heads, LEXICON) == ("2.2.incidents", "2.2.impacts", "2.2.impacts", "2.2.impacts")


def test_a_broken_head_is_still_known() -> None:
    """Cells break inside words: spaces do not count."""
    found = match_column("ระดับความ เร่ง ด่วน (สูง/ต่ำ)", LEXICON)
    assert found is not None and found.label == "2.5"


def test_an_unknown_head_is_left_open() -> None:
    """A head that no alias knows has no label."""
    assert match_column("สีของกล่อง", LEXICON) is None
