"""PDF files made to exhaust time, memory or the stack."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence

_MEGABYTE = 1 << 20
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def assemble(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def deflated(megabytes: int, byte: bytes = b"\0") -> bytes:
    """So many megabytes of one byte, packed: one packed piece, repeated, since each stands for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(byte * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * megabytes + packer.flush()


def checksum(
    megabytes: int, byte: bytes = b"\0", *, how: Callable[[bytes, int], int] = zlib.crc32, start: int = 0
) -> int:
    """The check sum of what is packed so."""
    chunk = byte * _MEGABYTE
    for _ in range(megabytes):
        start = how(chunk, start)
    return start


def zeros(megabytes: int, byte: bytes = b"\0") -> bytes:
    """The same as a PDF's stream has it."""
    total = checksum(megabytes, byte, how=zlib.adler32, start=1)
    return b"\x78\xda" + deflated(megabytes, byte) + struct.pack(">I", total)


def text_line(text: str, y: float = 700) -> bytes:
    return f"BT /F1 14 Tf 72 {y} Td ({text}) Tj ET".encode("ascii")


def document(
    contents: Sequence[bytes], *, size: str = "0 0 595 842", resources: bytes = b"", extra: Sequence[bytes] = ()
) -> bytes:
    """Pages of these content streams (whole objects). Extra objects are numbered from 4."""
    first = 4 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        FONT,
        *extra,
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R>>"
            % (size.encode(), resources, first + 2 * index + 1)
        )
        objects.append(content)
    return assemble(objects)


def pages(count: int) -> bytes:
    lines = ["The office keeps its duties going when its building is closed.", "Each unit names a deputy."]
    return document(
        [
            stream(b"\n".join(text_line(f"{number}. {line}", 700 - 20 * row) for row, line in enumerate(lines)))
            for number in range(1, count + 1)
        ]
    )


def giant_page(*, drawn: bool) -> bytes:
    """Ten metres by ten; with text, or with nothing but strokes, so that it would have to be rendered."""
    content = (
        b"40 w 1000 1000 m 27000 27000 l S"
        if drawn
        else text_line("A plan on a poster of ten metres").replace(b"14 Tf", b"900 Tf")
    )
    return document([stream(content)], size="0 0 28346 28346")


def stream_bomb() -> bytes:
    """Packed twice: some kilobytes that unpack to eight gigabytes."""
    packed = zlib.compress(zeros(8 << 10, b" "), 9)
    return document([stream(packed, b"/Filter[/FlateDecode/FlateDecode]")])


def picture_bomb() -> bytes:
    """A picture of 60,000 pixels square on a page without text."""
    picture = stream(
        zlib.compress(zeros(3_600), 9),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter[/FlateDecode/FlateDecode]",
    )
    return document([stream(b"595 0 0 842 0 0 cm /I Do")], resources=b"/XObject<</I 4 0 R>>", extra=[picture])


def endless_paths(count: int) -> bytes:
    """A page of text, then one of so many strokes that reading it takes longer than anyone waits."""
    strokes = zlib.compress(b"1 1 m 500 500 l S\n" * count, 9)
    sentence = "This first page says who stands in for whom when the building is closed. " * 2
    first = b"\n".join(text_line(sentence[:70], 700 - 20 * row) for row in range(20))
    return document([stream(first), stream(strokes, b"/Filter/FlateDecode")])


def kids_loop() -> bytes:
    """A page tree that is its own child."""
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>"])


def deep_kids(depth: int) -> bytes:
    """A page under thousands of nodes."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, depth + 2)]
    page = b"<</Type/Page/MediaBox[0 0 595 842]>>"
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, page])


def deep_arrays(depth: int) -> bytes:
    """A catalogue with arrays in arrays."""
    return assemble([b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth), b"<</Type/Pages>>"])


def form_loop() -> bytes:
    """A drawing that draws itself."""
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>")
    page = stream(text_line("A plan with a drawing in itself, told in this line.") + b" /X Do")
    return document([page], resources=b"/XObject<</X 4 0 R>>", extra=[form])


def table_loop() -> bytes:
    """A cross-reference table that names itself as the one before."""
    whole = pages(1)
    place = whole.rindex(b"startxref\n") + len(b"startxref\n")
    table = whole[place : whole.index(b"\n", place)]
    return whole.replace(b"trailer\n<<", b"trailer\n<</Prev %s" % table)


def active(url: str) -> bytes:
    """Actions that a viewer would run at once: a script, a program, a form to send, a file from elsewhere."""
    address = url.encode()
    content = text_line("A plan that would like to run something.")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.launchURL\\('%s'\\))>>"
        b"/AA<</WC<</S/Launch/F(calc)>>>>>>" % address,
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        FONT,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R"
        b"/AA<</O<</S/URI/URI(%s)>>>>>>" % address,
        stream(content),
        stream(b"", b"/F<</FS/URL/F(%s)>>" % address),
    ]
    return assemble(objects)


def encrypted() -> bytes:
    """With a password that nobody knows."""
    key = b"3 0 obj<</Filter/Standard/V 1/R 2/P -64/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj\n"
        b"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        + key
        + b"trailer<</Size 5/Root 1 0 R/Encrypt 3 0 R/ID[<"
        + b"33" * 16
        + b"><"
        + b"33" * 16
        + b">]>>\n%%EOF\n"
    )
