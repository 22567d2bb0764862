"""The numbers that Word draws by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docmodel.blocks import Block, BlockRole, TextBlock
from extractors.docx.number_formats import format_number

Texts = Callable[..., list[str]]


def level(ilvl: int, text: str, number_format: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def item(words: str, ilvl: int = 0, num_id: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
    )


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", ["1", "2", "10", "42"]),
        ("thaiNumbers", ["๑", "๒", "๑๐", "๔๒"]),
        ("thaiLetters", ["ก", "ข", "ญ", "กก"]),
        ("thaiCounting", ["หนึ่ง", "สอง", "สิบ", "สี่สิบสอง"]),
        ("upperRoman", ["I", "II", "X", "XLII"]),
        ("lowerLetter", ["a", "b", "j", "pp"]),
        ("decimalZero", ["01", "02", "10", "42"]),
        ("numberInDash", ["- 1 -", "- 2 -", "- 10 -", "- 42 -"]),
        ("unheardOf", ["1", "2", "10", "42"]),
    ],
)
def test_number_formats(number_format: str, expected: list[str]) -> None:
    """Each of Word's number formats that Thai plans use."""
    assert [format_number(number, number_format) for number in (1, 2, 10, 42)] == expected


def test_thai_letters_skip_what_word_skips() -> None:
    """Word's Thai letters leave out the obsolete ones and the vowels ฤ ฦ."""
    letters = "".join(format_number(number, "thaiLetters") for number in range(1, 42))
    assert letters == "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


def test_numbers_in_several_levels(texts_of: Texts) -> None:
    """Lower levels show the numbers above them and start again below the next one."""
    body = item("ก") + item("ข", 1) + item("ค", 1) + item("ง") + item("จ", 1)
    levels = numbering(level(0, "%1.", "thaiNumbers"), level(1, "%1.%2", "thaiNumbers"))
    assert texts_of(body, numbering=levels) == ["๑. ก", "๑.๑ ข", "๑.๒ ค", "๒. ง", "๒.๑ จ"]


def test_a_legal_level_shows_arabic_numbers(texts_of: Texts) -> None:
    """isLgl turns the numbers of upper levels into Arabic ones."""
    levels = numbering(level(0, "%1", "upperRoman"), level(1, "%1.%2", "decimal", "<w:isLgl/>"))
    assert texts_of(item("ก") + item("ข", 1), numbering=levels) == ["I ก", "1.1 ข"]


def test_a_level_that_never_restarts(texts_of: Texts) -> None:
    """lvlRestart 0 counts on over the parts of the document."""
    levels = numbering(level(0, "%1."), level(1, "ตาราง %2", "decimal", '<w:lvlRestart w:val="0"/>'))
    body = item("ก") + item("ข", 1) + item("ค") + item("ง", 1)
    assert texts_of(body, numbering=levels) == ["1. ก", "ตาราง 1 ข", "2. ค", "ตาราง 2 ง"]


def test_lists_of_one_definition_count_on_unless_told_to_start_again(texts_of: Texts) -> None:
    """A second list of the same definition goes on; a start override begins it anew, once."""
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = item("ก") + item("ข", num_id=2) + item("ค", num_id=3) + item("ง", num_id=3)
    assert texts_of(body, numbering=numbering(level(0, "%1)"), nums=nums)) == ["1) ก", "2) ข", "5) ค", "6) ง"]


def test_bullets_are_what_their_font_draws(texts_of: Texts) -> None:
    """A bullet from a symbol font is read as its shape."""
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    levels = numbering(level(0, "&#xF0A7;", "bullet", fonts), level(1, "-", "bullet"))
    assert texts_of(item("ก") + item("ข", 1), numbering=levels) == ["▪ ก", "- ข"]


def test_numbers_of_a_heading_style(blocks_of: Callable[..., tuple[Block, ...]]) -> None:
    """A style brings its list, and the level of the list that names the style."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = numbering(level(0, "%1."), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>'))
    heading = '<w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr><w:r><w:t>ขอบเขต</w:t></w:r></w:p>'
    first, second = blocks_of(item("บทนำ") + heading, styles=styles, numbering=levels)
    assert isinstance(first, TextBlock)
    assert isinstance(second, TextBlock)
    assert (first.role, first.marker, first.level) == (BlockRole.LIST_ITEM, "1.", 1)
    assert (second.role, second.marker, second.level, second.text) == (BlockRole.HEADING, "1.1", 2, "ขอบเขต")


def test_number_zero_takes_a_style_out_of_its_list(texts_of: Texts) -> None:
    """numId 0 means that this paragraph has no number."""
    assert texts_of(item("ก") + item("ข", num_id=0), numbering=numbering(level(0, "%1."))) == ["1. ก", "ข"]


def test_numbers_in_cells_count_and_stand_in_the_text(read_docx: Callable[..., object]) -> None:
    """A column of nothing but automatic numbers has them as its text, and the count goes on over the rows."""
    rows = "".join(f"<w:tr><w:tc>{item('')}</w:tc><w:tc>{item(words)}</w:tc></w:tr>" for words in ("ก", "ข"))
    document = read_docx(f"<w:tbl>{rows}</w:tbl>", numbering=numbering(level(0, "%1.")))
    (block,) = document.pages[0].blocks  # type: ignore[attr-defined]
    assert [cell.text for cell in block.table.cells] == ["1.", "2. ก", "3.", "4. ข"]
