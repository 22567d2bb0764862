"""Changes to a plan as a Word file. None changes what the plan says, so that its gold holds for the changed file too.

Headings and column heads are known by ``../shared/variants.jsonl``, which names the element of each.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import docx.document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from ruamel.yaml import YAML

from normalizers.markers import split_marker

HERE = Path(__file__).parent
VARIANTS = HERE.parents[2] / "shared" / "variants.jsonl"
SAMPLES: Final = ("nso-plan", "lampang-plan")
Document = docx.document.Document
Change = Callable[[Document, Random], None]

_CAPTION = re.compile(r"\s*ตาราง")
_SCALE = re.compile(r"\(.*")
# these name a phase, a team or a dimension: another word for the component would be another plan
_KEPT = re.compile(r"วันที่|การตอบสนอง|ผลกระทบด้าน|ส่วนที่|^ด้าน|^งาน")
_PREFACE = (
    "คำนำ",
    "ตามมติคณะรัฐมนตรีเมื่อวันที่ 24 เมษายน 2555 เห็นชอบแนวทางการเตรียมความพร้อมของหน่วยงานต่อสภาวะวิกฤต หน่วยงานจึงทบทวนแผนฉบับนี้",
    "แผนฉบับนี้มีองค์ประกอบ ได้แก่ วัตถุประสงค์ สมมติฐาน ขอบเขต เหตุการณ์และผลกระทบ ทีมงาน กลยุทธ์ความต่อเนื่อง การวิเคราะห์ผลกระทบ "
    "ความต้องการทรัพยากร ขั้นตอนการกอบกู้ และกระบวนการแจ้งเหตุ (Call Tree)",
    "สารบัญ",
)


def other_headings(document: Document, random: Random) -> None:
    """Each heading that names a component in other words, its number kept."""
    for paragraph, element in _headings(document):
        words = _synonyms()["headings"].get(element)
        if words and not _KEPT.search(paragraph.text):
            marker = paragraph.text[: len(paragraph.text) - len(split_marker(paragraph.text)[1])]
            _write(paragraph, marker + random.choice(words))


def other_heads(document: Document, random: Random) -> None:
    """The heads of the columns in other words, the same in all tables."""
    words = {head: random.choice(others) for head, others in _synonyms()["heads"].items()}
    for table in document.tables:
        for cell in (cell for row in table.rows[:2] for cell in _cells(row.cells)):
            other = words.get("".join(_SCALE.sub("", cell.text).split()))
            if other:
                first, *rest = cell.paragraphs
                _write(first, other)
                for paragraph in rest:
                    _write(paragraph, "")


def other_words(document: Document, random: Random) -> None:
    """Headings and heads in other words."""
    other_headings(document, random)
    other_heads(document, random)


def without_numbers(document: Document, random: Random) -> None:
    """Headings without the numbers in front of them."""
    del random
    for paragraph, _ in _headings(document):
        _write(paragraph, split_marker(paragraph.text)[1])


def without_styles(document: Document, random: Random) -> None:
    """Headings that look like the text around them."""
    del random
    for paragraph in document.paragraphs:
        paragraph.style = document.styles["Normal"]
        for run in paragraph.runs:
            run.bold = False


def other_order(document: Document, random: Random) -> None:
    """The components in another order; the annexes stay behind them."""
    marked = {paragraph._p: element for paragraph, element in _headings(document)}
    parts: dict[str, list[Any]] = {}
    component = None
    anchor: Any = None
    for element in list(document.element.body):
        found = marked.get(element, "")
        if found.startswith(("annex", "3.")):
            break
        if found.startswith("2."):
            component = found[:3]
        if component is None:
            anchor = element
        else:
            parts.setdefault(component, []).append(element)
    order = list(parts)
    random.shuffle(order)
    for element in (element for component in order for element in parts[component]):
        anchor.addnext(element)
        anchor = element


def parted_tables(document: Document, random: Random) -> None:
    """Long tables as two, the second under "(ต่อ)" with the header once more."""
    del random
    for table in document.tables:
        rows = list(table._tbl.tr_lst)
        header = 1 + (len(rows[0].tc_lst) != len(table.columns))
        at = header + (len(rows) - header) // 2
        while at < len(rows) and _goes_on(rows[at]):
            at += 1
        if len(rows) <= header + 5 or at >= len(rows):
            continue
        second = copy.deepcopy(table._tbl)
        for row in rows[at:]:
            table._tbl.remove(row)
        for row in list(second.tr_lst)[header:at]:
            second.remove(row)
        between = copy.deepcopy(document.paragraphs[0]._p)
        table._tbl.addnext(between)
        _write(Paragraph(between, document), "(ต่อ)")
        between.addnext(second)


def second_column_last(document: Document, random: Random) -> None:
    """In tables without merged cells the second column last: urgency, source, who is responsible."""
    del random
    for table in document.tables:
        rows, columns = table._tbl.tr_lst, len(table.columns)
        merged = (
            any(len(row.tc_lst) != columns for row in rows) or next(table._tbl.iter(qn("w:vMerge")), None) is not None
        )
        if columns >= 3 and not merged and table.cell(0, 1).text.strip() != "มี":
            for row in rows:
                row.tc_lst[-1].addnext(row.tc_lst[1])


def front_matter(document: Document, random: Random) -> None:
    """A preface that names all components, and a table of contents, in front."""
    del random
    headings = [paragraph for paragraph, _ in _headings(document)]
    contents = [f"{paragraph.text}{'.' * 30}{number}" for number, paragraph in enumerate(headings, start=1)]
    plain = next(paragraph for paragraph in document.paragraphs if paragraph.style == document.styles["Normal"])._p
    for line in (*_PREFACE, *contents):
        added = copy.deepcopy(plain)
        headings[0]._p.addprevious(added)
        _write(Paragraph(added, document), line)


def cut_runs(document: Document, random: Random) -> None:
    """Texts in many runs, as after much editing."""
    cells = (cell for table in document.tables for row in table.rows for cell in _cells(row.cells))
    for paragraph in (*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)):
        for run in paragraph.runs:
            if len(run.text) > 6 and not list(run._r.iter(qn("w:sym"), qn("w:tab"), qn("w:br"))):
                at = random.randrange(2, len(run.text) - 2)
                rest = copy.deepcopy(run._r)
                run._r.addnext(rest)
                Run(rest, paragraph).text, run.text = run.text[at:], run.text[:at]


def blank_lines(document: Document, random: Random) -> None:
    """Blank lines between the paragraphs, which move all page ends."""
    for paragraph in document.paragraphs:
        if random.random() < 0.5:
            blank = copy.deepcopy(paragraph._p)
            paragraph._p.addnext(blank)
            _write(Paragraph(blank, document), "")


def landscape(document: Document, random: Random) -> None:
    """Pages on their side."""
    del random
    for section in document.sections:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width


def small_print(document: Document, random: Random) -> None:
    """Everything in a small face of another family."""
    del random
    cells = (cell for table in document.tables for row in table.rows for cell in _cells(row.cells))
    for paragraph in (*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)):
        for run in paragraph.runs:
            run.font.size, run.font.name = Pt(11), "Garuda"
            run._r.rPr.get_or_add_rFonts().set(qn("w:cs"), "Garuda")


CHANGES: Final[dict[str, Change]] = {
    change.__name__: change
    for change in (
        other_headings, other_heads, other_words, without_numbers, without_styles, other_order, parted_tables,
        second_column_last, front_matter, cut_runs, blank_lines, landscape, small_print,
    )
}  # fmt: skip
CHANCE: Final = frozenset({"other_headings", "other_heads", "other_words", "other_order", "blank_lines"})
"""Changes that come out differently each time."""


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = YAML(typ="safe").load((HERE / "synonyms.yaml").read_text(encoding="utf-8"))
    return read


@cache
def _elements() -> dict[str, str]:
    """The element of each heading and table title of the samples, by its text without spaces."""
    lines = (json.loads(line) for line in VARIANTS.read_text(encoding="utf-8").splitlines())
    return {
        "".join(line["text"].split()): line["element_id"]
        for line in lines
        if line["source"] in SAMPLES and line["kind"] in ("heading", "table_title")
    }


def _headings(document: Document) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in document.paragraphs:
        element = _elements().get("".join(paragraph.text.split()))
        if element and not _CAPTION.match(paragraph.text):
            yield paragraph, element


def _cells(cells: tuple[_Cell, ...]) -> list[_Cell]:
    """Each cell once, however many slots it covers."""
    return list({cell._tc: cell for cell in cells}.values())


def _goes_on(row: Any) -> bool:
    """Whether a row goes on a cell merged over rows."""
    return any(mark.get(qn("w:val")) != "restart" for mark in row.iter(qn("w:vMerge")))


def _write(paragraph: Paragraph, text: str) -> None:
    """Give a paragraph another text in the look of its first run."""
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    if paragraph.runs:
        paragraph.runs[0].text = text
    elif text:
        paragraph.add_run(text)
