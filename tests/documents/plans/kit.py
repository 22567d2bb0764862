"""Writes Word files the way agencies do, prints them to PDF and scans the prints.

Everything here is layout; the words and their truth stand in the plan modules.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image, ImageFilter

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
LEFT = "<"  # a slot covered by the cell to its left
UP = "^"  # a slot covered by the cell above
TICK = "✓"
BOX = "☐"
BOX_TICKED = "☑"
_FIXED_TIME = (2024, 1, 1, 0, 0, 0)


def thai(text: str) -> str:
    """Thai numerals in place of Arabic ones."""
    return text.translate(THAI_DIGITS)


class PlanWriter:
    """A Word file in the making; each method appends one thing an author would."""

    def __init__(self, *, font: str = "Laksaman", size_pt: float = 15, word_headings: bool = True) -> None:
        self.document = Document()
        self.word_headings = word_headings
        self.size_pt = size_pt
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Title"):
            style = self.document.styles[name]
            style.font.name = font
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), font)
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(kind), None)
        self._style_size("Normal", size_pt)
        self._style_size("Heading 1", size_pt + 3)
        self._style_size("Heading 2", size_pt + 1)
        self._style_size("Heading 3", size_pt)

    def _style_size(self, name: str, size_pt: float) -> None:
        style = self.document.styles[name]
        style.font.size = Pt(size_pt)
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), str(int(size_pt * 2)))
        style.element.get_or_add_rPr().append(complex_size)

    def _run(self, paragraph, text: str, *, bold: bool = False, size_pt: float | None = None):
        run = paragraph.add_run(text)
        run.bold = bold or None
        if bold:
            run._element.get_or_add_rPr().append(OxmlElement("w:bCs"))
        if size_pt:
            run.font.size = Pt(size_pt)
            complex_size = OxmlElement("w:szCs")
            complex_size.set(qn("w:val"), str(int(size_pt * 2)))
            run._element.get_or_add_rPr().append(complex_size)
        return run

    def cover(self, *lines: str) -> None:
        """A title page."""
        for _ in range(6):
            self.document.add_paragraph()
        for index, line in enumerate(lines):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._run(paragraph, line, bold=True, size_pt=self.size_pt + (9 if index == 0 else 5))
        self.page_break()

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, by Word's style or only bold."""
        if self.word_headings:
            self.document.add_heading(text, level=level)
            return
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, bold=True, size_pt=self.size_pt + (2 if level == 1 else 0))

    def paragraph(self, text: str, *, indent: bool = True, center: bool = False, bold: bool = False) -> None:
        """Running text."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(4)
        if indent and not center:
            paragraph.paragraph_format.first_line_indent = Cm(1.25)
        if center:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, text, bold=bold)

    def items(self, *texts: str, marker: str = "{n}.", digits: str = "arabic") -> None:
        """A typed list; ``{n}`` in the marker counts."""
        for number, text in enumerate(texts, start=1):
            front = marker.replace("{n}", str(number))
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(1.9)
            paragraph.paragraph_format.first_line_indent = Cm(-0.65)
            paragraph.paragraph_format.space_after = Pt(0)
            self._run(paragraph, f"{thai(front) if digits == 'thai' else front} {text}")

    def word_list(self, *texts: str, style: str = "List Bullet") -> None:
        """A list whose bullets or numbers Word draws itself."""
        for text in texts:
            self.document.add_paragraph(text, style=style)

    def caption(self, text: str) -> None:
        """The name of the table that follows."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, bold=True)

    def table(
        self,
        rows: list[list[str]],
        *,
        header_rows: int = 1,
        widths_cm: list[float] | None = None,
        repeat_header: bool = True,
        size_pt: float | None = None,
    ) -> None:
        """A ruled table; LEFT and UP mark the slots of merged cells, a line feed starts a paragraph in a cell."""
        n_cols = len(rows[0])
        table = self.document.add_table(rows=len(rows), cols=n_cols)
        table.style = "Table Grid"
        table.autofit = widths_cm is None
        for column, width in zip(table.columns, widths_cm or [], strict=widths_cm is not None):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        slots = [row.cells for row in table.rows]  # asked once: each question walks the whole table
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text in (LEFT, UP):
                    continue
                last_row, last_col = r, c
                while last_col + 1 < n_cols and row[last_col + 1] == LEFT:
                    last_col += 1
                while last_row + 1 < len(rows) and rows[last_row + 1][c] == UP:
                    last_row += 1
                cell = slots[r][c]
                if (last_row, last_col) != (r, c):
                    cell = cell.merge(slots[last_row][last_col])
                self._fill(cell, text, bold=r < header_rows, size_pt=size_pt or self.size_pt - 1)
        if repeat_header:
            for row in table.rows[:header_rows]:
                mark = OxmlElement("w:tblHeader")
                mark.set(qn("w:val"), "true")
                row._tr.get_or_add_trPr().append(mark)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _fill(self, cell, text: str, *, bold: bool, size_pt: float) -> None:
        for index, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            if bold or line in (TICK, BOX, BOX_TICKED):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if line in (TICK, BOX, BOX_TICKED):
                self._symbol(paragraph, line)
            elif line:
                self._run(paragraph, line, bold=bold, size_pt=size_pt)

    def _symbol(self, paragraph, mark: str) -> None:
        """Ticks and boxes as Word's own symbols (Wingdings), which is how most agencies type them."""
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:font"), "Wingdings")
        symbol.set(qn("w:char"), {TICK: "F0FC", BOX: "F0A8", BOX_TICKED: "F0FE"}[mark])
        paragraph.add_run()._element.append(symbol)

    def running_head(self, text: str) -> None:
        """A line at the head of every page, and the page number at the foot."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = text
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        foot._element.append(field)

    def page_break(self) -> None:
        """A new page."""
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def save(self, path: Path) -> None:
        """Write the file with fixed times, so that the same words give the same bytes."""
        properties = self.document.core_properties
        properties.author = "opdc-bcp sample"
        buffer = io.BytesIO()
        self.document.save(buffer)
        with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(zipfile.ZipInfo(name, _FIXED_TIME), source.read(name), zipfile.ZIP_DEFLATED)


def print_to_pdf(docx_path: Path, pdf_path: Path) -> None:
    """Print a Word file to PDF with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(docx_path)], check=True, capture_output=True, timeout=180)
        Path(pdf_path).write_bytes((Path(folder) / f"{docx_path.stem}.pdf").read_bytes())


def scan(pdf_path: Path, scan_path: Path, *, dpi: int = 200, seed: int = 1) -> None:
    """Make a PDF of page pictures: slightly turned, a little blurred and noisy, as an office scanner gives."""
    random = np.random.default_rng(seed)
    pages = []
    document = pdfium.PdfDocument(pdf_path)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        picture = picture.rotate(float(random.uniform(-0.6, 0.6)), resample=Image.Resampling.BICUBIC, fillcolor=255)
        picture = picture.filter(ImageFilter.GaussianBlur(0.5))
        pixels = np.asarray(picture, dtype=np.float32) + random.normal(0, 5, (picture.height, picture.width))
        pages.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    document.close()
    pages[0].save(scan_path, save_all=True, append_images=pages[1:], resolution=dpi, quality=45)
