"""Damage as hypothesis draws it, so that what it finds comes back small."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from benchmarks.fuzz.seeds import seeds

_NUMBERS = (b"0", b"-1", b"99999999999", b"4294967295", b"1e9", b"NaN", b"0.00000001", b"")
_TOKENS: dict[str, tuple[bytes, ...]] = {
    kind: tuple(tokens.encode().split(b" "))
    for kind, tokens in {
        "pdf": "<< >> [ ] /Kids 1\N{NO-BREAK SPACE}0\N{NO-BREAK SPACE}R /Length endobj stream /Rotate null (\\ 45 Q BT",
        "docx": "<w:tbl> </w:tbl> <w:tr> <w:tc> </w:tc> <w:p> </w:p> <w:vMerge/> <w:sym/> <w:gridSpan/> <w:numPr> "
        '<w:sdt> <w:fldChar/> &#0; <!-- <w:t> w:val=" w:id="',
        "xlsx": '<row> <c> <v> </row> <mergeCell/> t="s" r="ZZZ99999999" ref="A1:XFD1048576"',
        "html": "<table> <td </table> <tr> <li> &#x110000; <!-- <![CDATA[ colspan=-3 rowspan=99999",
        "md": "| ---| \n ``` - > [ ]( \\ \t",
        "eml": "\n\n Content-Type: boundary= charset= =?utf-8?b? -- base64 message/rfc822 ;filename*=x''%ff",
    }.items()
}
_PACKED = frozenset({"docx", "xlsx"})


@st.composite
def damaged(draw: DrawFn, kind: str) -> bytes:
    """A file of this kind, or what is left of it."""
    content = draw(st.sampled_from(seeds(kind)))
    if kind in _PACKED and draw(st.integers(0, 9)):
        return _inside(draw, content, kind)
    return _damage(draw, content, kind)


def _inside(draw: DrawFn, content: bytes, kind: str) -> bytes:
    """A package that is whole, with damage in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = [name for name in parts if name.endswith((".xml", ".rels"))]
    main = [name for name in texts if name.endswith(("document.xml", "sheet1.xml"))]
    name = draw(st.sampled_from(main * 3 + texts))
    parts[name] = _damage(draw, parts[name], kind)
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data)
    return buffer.getvalue()


def _damage(draw: DrawFn, content: bytes, kind: str) -> bytes:
    tokens = (*_TOKENS.get(kind, ()), *_NUMBERS)
    for _ in range(draw(st.integers(1, 6))):
        content = _change(draw, content, tokens)
    return content


def _change(draw: DrawFn, content: bytes, tokens: Sequence[bytes]) -> bytes:
    at = draw(st.integers(0, max(0, len(content))))
    length = draw(st.integers(1, 64))
    way = draw(st.sampled_from(("byte", "cut", "token", "repeat", "move", "number", "end")))
    before, piece, after = content[:at], content[at : at + length], content[at + length :]
    if way == "byte":
        return before + bytes([draw(st.integers(0, 255))]) + content[at + 1 :]
    if way == "cut":
        return before + after
    if way == "token":
        return before + draw(st.sampled_from(tokens)) + content[at:]
    if way == "repeat":
        return before + piece * draw(st.sampled_from((2, 3, 50))) + after
    if way == "move":
        to = draw(st.integers(0, len(before)))
        return before[:to] + piece + before[to:] + after
    if way == "number":
        return before + _replace_number(content[at:], draw(st.sampled_from(_NUMBERS)))
    return before if at > len(content) // 8 else content


def _replace_number(content: bytes, number: bytes) -> bytes:
    """Another number for the first one."""
    start = next((place for place, byte in enumerate(content[:4_096]) if 0x30 <= byte <= 0x39), None)
    if start is None:
        return content
    end = start
    while end < len(content) and 0x30 <= content[end] <= 0x39:
        end += 1
    return content[:start] + number + content[end:]
