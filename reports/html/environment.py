"""Templates with escaping on, JSON that is safe inside a script, and the pages' security policy."""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports import labels

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
STATIC = _HERE / "static"
FONTS = STATIC / "vendor" / "sarabun"

SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Only the report's own files: no inline script or style, no network. ``file:`` since some browsers give pages on a
share no origin of their own."""

# Marks that turn the direction of what follows, or hide: they would let a text pose as another one.
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Control characters that no page can hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
ROOM_FOR_MARKS = "ascent-override:122%;descent-override:42%;line-gap-override:0%;"
"""The font's own height cuts the upper of two stacked marks off in fields, which clip at it."""
_FACES = (
    ("thai", 400, "U+02D7, U+0303, U+0331, U+0E01-0E5B, U+200C-200D, U+25CC"),
    ("latin", 400, "U+0000-00FF, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212"),
    ("thai", 700, "U+02D7, U+0303, U+0331, U+0E01-0E5B, U+200C-200D, U+25CC"),
    ("latin", 700, "U+0000-00FF, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212"),
)


@cache
def environment() -> Environment:
    """The templates; every value is escaped and cleaned of marks that could disguise it."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    made.globals.update(
        security_policy=SECURITY_POLICY,
        label=labels.label,
        status_words=labels.STATUS,
        urgency_words={**labels.words_of("urgency"), "none": "ไม่ระบุความเร่งด่วน"},
    )
    made.filters.update(percent_of=lambda share: labels.percent(share, 1), thai_hours=labels.thai_hours)
    return made


def plain(text: str) -> str:
    """A text from a document without control characters, its direction marks shown as what they are.

    >>> plain("ab\\u202ecd\\x00")
    'ab⟨U+202E⟩cd'
    """
    return _DIRECTION_MARKS.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", _CONTROLS.sub("", text))


def script_json(value: Any) -> str:
    """JSON that may stand in a script: no tag, comment or line separator of a document can end it.

    >>> script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def fonts_css() -> str:
    """The font as style sheet with the letters inside it: browsers refuse font files from the folder above."""
    rules = []
    for subset, weight, letters in _FACES:
        data = base64.b64encode((FONTS / f"sarabun-{subset}-{weight}-normal.woff2").read_bytes()).decode("ascii")
        rules.append(
            f'@font-face{{font-family:"Sarabun";font-weight:{weight};font-display:swap;unicode-range:{letters};'
            f"{ROOM_FOR_MARKS}"
            f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        )
    return "\n".join(rules) + "\n"


def _finalize(value: Any) -> Any:
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return plain(value)
    return "" if value is None else value
