"""Whole files of every kind to start from, small and rich in what a reader must understand."""

from __future__ import annotations

import io
import tarfile
from functools import lru_cache
from pathlib import Path

import openpyxl
from PIL import Image, ImageDraw

from benchmarks.hostile import archives, pdfs, pictures, words

_SAMPLES = Path(__file__).parents[2] / "data" / "raw"
_HTML = f"""<!DOCTYPE html><html><head><title>แผน</title></head><body><h1>๑. วัตถุประสงค์</h1><p>{words.SENTENCE}</p>
<table border=1><thead><tr><th rowspan=2>กระบวนการ</th><th colspan=2>ระยะเวลา</th></tr><tr><th>1 วัน</th><th>1 สัปดาห์</th>
</tr></thead><tr><td>งานทะเบียน</td><td>&#10003;</td><td>✓</td></tr></table><ol><li>หนึ่ง<ul><li>ย่อย</li></ul></li></ol>
<p>ข้อ&nbsp;2<br>บรรทัด</p></body></html>"""
_MARKDOWN = f"""# แผนดำเนินงานต่อเนื่อง

## ๑. วัตถุประสงค์

- {words.SENTENCE}
  1. ย่อย

| ทีม | หัวหน้า | โทรศัพท์ |
|---|:--:|--:|
| ประสานงาน | ผู้อำนวยการ | 02 000 0000 |

> อ้างถึง **หนา** `รหัส` [ลิงก์](x)
"""
_TEXT = f"แผนดำเนินงานต่อเนื่อง\n\n๑. วัตถุประสงค์\n\t{words.SENTENCE}\n๒. ทีม\nลำดับ\tชื่อ\tโทร\n1\tก\t02\n2\tข\t03\n"


@lru_cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """The files of a kind."""
    return _MAKERS[kind]()


def kinds() -> tuple[str, ...]:
    return tuple(_MAKERS)


def _ods() -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'
        for word in ("ทีม", "มี")
    )
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="แผน">'
        f'<table:table-row table:number-rows-repeated="3">{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return words.pack({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _pdf() -> tuple[bytes, ...]:
    lines = pdfs.stream(pdfs.text_line("One plan") + b" 50 600 m 500 600 l S 50 500 m 500 500 l S 50 500 m 50 600 l S")
    return (pdfs.document([lines, lines]), pdfs.pages(2), next(_SAMPLES.glob("02-*.pdf")).read_bytes())


def _docx() -> tuple[bytes, ...]:
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>{words.paragraph()}</w:tc>"
    table = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    return (
        words.word_file(words.paragraph() + table + words.paragraph("๒. ทีม")),
        next(_SAMPLES.glob("06-*.docx")).read_bytes(),
        next(_SAMPLES.glob("04-*.docx")).read_bytes(),
    )


def _xlsx() -> tuple[bytes, ...]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["ลำดับ", "รายการ", "มี", "ไม่มี"], [1, "วัตถุประสงค์", "✓", None], [2, "ทีม", None, "✓"]):
        sheet.append(row)
    sheet.merge_cells("A5:D5")
    sheet["A5"] = "=SUM(A2:A3)"
    buffer = io.BytesIO()
    book.save(buffer)
    return (buffer.getvalue(), _ods())


def _picture(kind: str) -> bytes:
    image = Image.new("L", (300, 400), "white")
    ImageDraw.Draw(image).rectangle((40, 40, 260, 120), outline="black")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def _images() -> tuple[bytes, ...]:
    return (*(_picture(kind) for kind in ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")), pictures.endless_tiff())


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        content = archives.plan("ในทาร์")
        info = tarfile.TarInfo(archives.THAI_NAME)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


_MAKERS = {
    "pdf": _pdf,
    "docx": _docx,
    "html": lambda: (_HTML.encode(), _HTML.encode("cp874", "ignore")),
    "md": lambda: (_MARKDOWN.encode(),),
    "txt": lambda: (_TEXT.encode(), _TEXT.encode("cp874"), _TEXT.encode("utf-16")),
    "eml": lambda: (
        archives.mail({"แผน.docx": archives.plan("ก"), "หน้า.html": _HTML.encode()}),
        archives.nested_mail(2),
    ),
    "msg": lambda: (archives.nested_outlook(),),
    "zip": lambda: (archives.thai_names(), archives.nested(2), archives.links_zip(), archives.with_password()),
    "tar": lambda: (_tar(), archives.links_tar(), archives.rar(), archives.packed_zeros(0)),
    "image": _images,
    "xlsx": _xlsx,
}
