"""Text that any reader of the datasets can open: valid Unicode without control characters."""

from __future__ import annotations

import re

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile("\r\n|\r|\x0c|\u2028|\u2029|\x85")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean_text(text: str) -> str:
    r"""The text with one kind of line break, and what is no character (controls, lone surrogates) marked as U+FFFD.

    Thai marks, private-use glyphs and zero-width characters are left alone: they are the repairer's business.

    >>> clean_text("ก\r\nข\x00")
    'ก\nข\ufffd'
    """
    return text if is_clean(text) else _NOT_TEXT.sub(_REPLACEMENT, _LINE_BREAKS.sub("\n", text))


def is_clean(text: str) -> bool:
    """Whether a text surely needs no cleaning, as most do: no control, no surrogate and no break but line feeds."""
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()
