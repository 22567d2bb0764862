"""Small PDF files written by hand, so that a test says exactly what is drawn where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docmodel.document import Page
from extractors.pdf import PdfFile, open_pdf

MARKS = {0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)}
LOWER = {0x0E38, 0x0E39, 0x0E3A}


class PdfMaker:
    """Collects drawing commands; the font draws each letter as a box of half an em, each mark without width above or
    below the letter before it, and says in its ToUnicode table what they are."""

    def __init__(self, *, width: float = 595, height: float = 842, rotate: int = 0, crop: str = "") -> None:
        self.width, self.height, self.rotate, self.crop = width, height, rotate, crop
        self.codes: dict[str, int] = {}
        self.content: list[str] = []
        self.font_name = "Invented"
        self.extra_objects: list[str] = []
        self.page_entries = ""
        self.catalog_entries = ""
        self.mark_glyphs: set[str] = set()  # other characters that the font draws as marks

    def code(self, char: str) -> str:
        return f"{self.codes.setdefault(char, len(self.codes) + 1):02x}"

    def text(self, x: float, y: float, text: str, *, size: float = 16, turn: str = "1 0 0 1", extra: str = "") -> None:
        """Text with its baseline at ``y`` points from the top."""
        codes = "".join(self.code(char) for char in text)
        self.content.append(f"q BT {extra} /F1 {size} Tf {turn} {x} {self.height - y} Tm <{codes}> Tj ET Q")

    def actual(self, text: str, parts: list[tuple[float, float, str]], *, size: float = 16) -> None:
        """One ActualText over several text objects, as browsers write it: x, y and glyph of each."""
        hexed = "FEFF" + text.encode("utf-16-be").hex().upper()
        self.content.append(f"/Span <</ActualText <{hexed}>>> BDC")
        for x, y, glyph in parts:
            self.text(x, y, glyph, size=size)
        self.content.append("EMC")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.content.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def bar(self, x: float, top: float, width: float, height: float, *, color: str = "0 g") -> None:
        self.content.append(f"{color} {x} {self.height - top - height} {width} {height} re f 0 g")

    def box(self, x: float, top: float, width: float, height: float) -> None:
        self.content.append(f"{x} {self.height - top - height} {width} {height} re S")

    def grid(self, xs: list[float], ys: list[float]) -> None:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    def data(self) -> bytes:
        glyphs = [self._glyph(char) for char in self.codes]
        names = " ".join(f"/g{index}" for index in range(1, len(glyphs) + 1))
        widths = " ".join("0" if self._is_mark(char) else "500" for char in self.codes)
        table = "\n".join(f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for char, code in self.codes.items())
        cmap = (
            "begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
            f"{len(glyphs)} beginbfchar\n{table}\nendbfchar endcmap"
        )
        first_glyph = 7
        procs = " ".join(f"/g{index + 1} {first_glyph + index} 0 R" for index in range(len(glyphs)))
        crop = f"/CropBox [{self.crop}]" if self.crop else ""
        objects = [
            f"<</Type/Catalog/Pages 2 0 R{self.catalog_entries}>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {self.width} {self.height}]{crop}/Rotate {self.rotate}"
            f"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{self.page_entries}>>",
            self._stream("\n".join(self.content)),
            f"<</Type/Font/Subtype/Type3/Name/{self.font_name}/FontBBox[-500 -300 600 1100]"
            f"/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 1/LastChar {len(glyphs)}/Widths[{widths}]"
            f"/Encoding<</Type/Encoding/Differences[1 {names}]>>/CharProcs<<{procs}>>/ToUnicode 6 0 R/Resources<<>>>>",
            self._stream(cmap),
            *glyphs,
            *self.extra_objects,
        ]
        body = b"%PDF-1.7\n"
        places = []
        for number, content in enumerate(objects, start=1):
            places.append(len(body))
            body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
        start = len(body)
        rows = "".join(f"{place:010d} 00000 n \n" for place in places)
        body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
        return body + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()

    def _is_mark(self, char: str) -> bool:
        return ord(char) in MARKS or char in self.mark_glyphs

    def _glyph(self, char: str) -> str:
        if char == " ":
            return self._stream("500 0 0 0 0 0 d1")
        if ord(char) in LOWER:
            return self._stream("0 0 -350 -250 -150 -50 d1 -350 -250 200 200 re f")
        if self._is_mark(char):
            return self._stream("0 0 -350 650 -150 850 d1 -350 650 200 200 re f")
        return self._stream("500 0 50 0 450 600 d1 50 0 400 600 re f")

    @staticmethod
    def _stream(content: str) -> str:
        return f"<</Length {len(content.encode('latin-1'))}>>stream\n{content}\nendstream"


@pytest.fixture
def maker() -> Callable[..., PdfMaker]:
    """The class that writes small PDF files."""
    return PdfMaker


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[PdfMaker], object]:
    """Opens what a maker has drawn."""

    @contextmanager
    def opener(pdf: PdfMaker) -> Iterator[PdfFile]:
        path = tmp_path / "made.pdf"
        path.write_bytes(pdf.data())
        with open_pdf(path) as file:
            yield file

    return opener


@pytest.fixture
def read_page(opened: Callable[[PdfMaker], object]) -> Callable[[PdfMaker], Page]:
    """Reads the page that a maker has drawn."""

    def reader(pdf: PdfMaker) -> Page:
        with opened(pdf) as file:  # type: ignore[attr-defined]
            page: Page = file.read_page(0)
            return page

    return reader
