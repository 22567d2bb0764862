"""What a paragraph shows: marks, fields, changes, hidden text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Texts = Callable[..., list[str]]


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def text(words: str, properties: str = "") -> str:
    return run(f'<w:t xml:space="preserve">{words}</w:t>', properties)


def paragraph(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def field(kind: str, inner: str = "") -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar>')


def instruction(words: str) -> str:
    return run(f'<w:instrText xml:space="preserve">{words}</w:instrText>')


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "FD", "☒"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "☐"),
        ("Webdings", "F061", "✓"),
        ("Symbol", "F0B7", "•"),
        ("ฟอนต์ที่ไม่รู้จัก", "F0FC", "✓"),
    ],
)
def test_symbol_elements_become_marks(texts_of: Texts, font: str, code: str, shown: str) -> None:
    """A w:sym is what its font draws, and as Wingdings where the font is unknown."""
    assert texts_of(paragraph(run(f'<w:sym w:font="{font}" w:char="{code}"/>'))) == [shown]


@pytest.mark.parametrize("char", ["þ", "&#xF0FE;"])
def test_letters_of_a_symbol_font_become_marks(texts_of: Texts, char: str) -> None:
    """A run set in Wingdings is read as what it draws, whether it holds Latin-1 or private-use codes."""
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert texts_of(paragraph(text(f"{char} ", fonts), text("มีแผน"))) == ["☑ มีแผน"]


def test_the_symbol_font_can_come_from_a_style(texts_of: Texts) -> None:
    """A character style that sets Wingdings counts as the run's own font."""
    styles = (
        '<w:style w:type="character" w:styleId="Tick"><w:name w:val="Tick"/>'
        '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:style>'
    )
    assert texts_of(paragraph(text("ü", '<w:rStyle w:val="Tick"/>')), styles=styles) == ["✓"]


@pytest.mark.parametrize(("state", "shown"), [("1", "☑"), ("0", "☐"), ("true", "☑")])
def test_content_control_checkbox_shows_its_state(texts_of: Texts, state: str, shown: str) -> None:
    """A checkbox control is read by its state: its ticked glyph is a crossed box by default."""
    control = (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{text('☒')}</w:sdtContent></w:sdt>"
    )
    assert texts_of(paragraph(control, text(" มี"))) == [f"{shown} มี"]


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ("<w:default w:val='0'/><w:checked/>", "☑"),
        ("<w:default w:val='1'/>", "☑"),
        ("<w:default w:val='1'/><w:checked w:val='0'/>", "☐"),
        ("<w:sizeAuto/>", "☐"),
    ],
)
def test_form_field_checkbox(texts_of: Texts, box: str, shown: str) -> None:
    """An old form's checkbox shows what was checked, or its default."""
    begin = field("begin", f"<w:ffData><w:checkBox>{box}</w:checkBox></w:ffData>")
    assert texts_of(paragraph(begin, instruction(" FORMCHECKBOX "), field("end"), text(" ไม่มี"))) == [f"{shown} ไม่มี"]


def test_form_field_list_shows_the_chosen_entry(texts_of: Texts) -> None:
    """A drop-down form field is read as the entry chosen."""
    entries = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='ต่ำ'/><w:listEntry w:val='สูง'/></w:ddList>"
    begin = field("begin", f"<w:ffData>{entries}</w:ffData>")
    assert texts_of(paragraph(begin, instruction("FORMDROPDOWN"), field("end"))) == ["สูง"]


def test_an_unfilled_control_holds_nothing(texts_of: Texts) -> None:
    """The prompt of a content control that nobody filled in is not the author's text."""
    prompt = f"<w:sdtContent>{text('คลิกที่นี่')}</w:sdtContent>"
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{prompt}</w:sdt>"
    assert texts_of(paragraph(text("ชื่อหน่วยงาน "), control)) == ["ชื่อหน่วยงาน"]


def test_a_field_shows_its_result_only(texts_of: Texts) -> None:
    """The instruction of a field is not text, its result is, also for a field inside a field."""
    inner = field("begin") + instruction("PAGEREF _x") + field("separate") + text("๗") + field("end")
    outer = field("begin") + instruction("REF _y ") + field("separate") + text("ตาราง ") + inner + field("end")
    assert texts_of(paragraph(text("ดู"), outer, text("นี้"))) == ["ดูตาราง ๗นี้"]


def test_text_after_a_broken_field_is_not_lost(texts_of: Texts) -> None:
    """A field that never comes to its result swallows no later paragraph."""
    assert texts_of(paragraph(field("begin"), instruction("IF x")) + paragraph(text("เนื้อหา"))) == ["เนื้อหา"]


def test_symbol_field_without_result(texts_of: Texts) -> None:
    """A SYMBOL field is the character that its instruction names."""
    assert texts_of(paragraph(field("begin"), instruction('SYMBOL 252 \\f "Wingdings"'), field("end"))) == ["✓"]


def test_tracked_changes_are_accepted(texts_of: Texts) -> None:
    """Inserted text counts, deleted text does not."""
    changes = f"<w:ins>{text('ใหม่')}</w:ins><w:del><w:r><w:delText>เก่า</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{text('ที่เดิม')}</w:moveFrom><w:moveTo>{text('ที่ใหม่')}</w:moveTo>"
    assert texts_of(paragraph(text("แผน"), changes, moved)) == ["แผนใหม่ที่ใหม่"]


@pytest.mark.parametrize("how", ["<w:vanish/>", '<w:rStyle w:val="Hidden"/>'])
def test_hidden_text_is_left_out(texts_of: Texts, how: str) -> None:
    """Text that Word hides, by itself or by a style, is not read."""
    styles = (
        '<w:style w:type="character" w:styleId="Hidden"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    assert texts_of(paragraph(text("เห็น"), text("ซ่อน", how)), styles=styles) == ["เห็น"]


def test_special_characters_of_a_run(texts_of: Texts) -> None:
    """Tabs, line breaks and hyphens of a run are characters of the text."""
    inner = (
        "<w:t>ก</w:t><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t><w:noBreakHyphen/><w:t>ง</w:t><w:softHyphen/><w:t>จ</w:t>"
    )
    assert texts_of(paragraph(run(inner))) == ["ก\tข\nค-งจ"]


def test_wrappers_are_transparent(texts_of: Texts) -> None:
    """Links, smart tags and inline controls around runs change nothing."""
    wrapped = (
        f"<w:hyperlink>{text('หนึ่ง')}</w:hyperlink><w:smartTag>{text('สอง')}</w:smartTag>"
        f"<w:sdt><w:sdtContent>{text('สาม')}</w:sdtContent></w:sdt>"
        f"<w:fldSimple w:instr='DATE'>{text('สี่')}</w:fldSimple>"
    )
    assert texts_of(paragraph(wrapped)) == ["หนึ่งสองสามสี่"]


def test_bold_of_thai_is_the_complex_script_bold(blocks_of: Callable[..., tuple[object, ...]]) -> None:
    """Thai is bold by bCs, Latin by b; a paragraph is bold when all of it is."""
    blocks = blocks_of(
        paragraph(text("หนา", "<w:bCs/>"))
        + paragraph(text("ไม่หนา", "<w:b/>"))
        + paragraph(text("bold", "<w:b/>"))
        + paragraph(text("หนา", "<w:bCs/>"), text("บาง"))
    )
    assert [block.style.bold for block in blocks] == [True, False, True, False]  # type: ignore[attr-defined]


def test_size_and_alignment(blocks_of: Callable[..., tuple[object, ...]]) -> None:
    """The size is the one of most characters, in points, and centring comes from the style too."""
    centred = '<w:name w:val="กลาง"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="Mid">{centred}</w:style>'
    (block,) = blocks_of(
        paragraph(
            text("หัวเรื่องใหญ่", '<w:szCs w:val="40"/>'),
            text("ย่อย", '<w:szCs w:val="28"/>'),
            properties='<w:pStyle w:val="Mid"/>',
        ),
        styles=styles,
    )
    assert (block.style.font_size_pt, block.style.centered) == (20.0, True)  # type: ignore[attr-defined]
