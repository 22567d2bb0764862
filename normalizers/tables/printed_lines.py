"""Where the printed lines of a text ended, after its repair has joined them."""

from __future__ import annotations

from normalizers.text import normalize_value, thai_skeleton


def printed_lines(raw_text: str, text: str) -> tuple[str, ...]:
    """The text cut where the lines of ``raw_text`` end; the whole text where the two cannot be laid side by side.

    Places are counted in letters without spaces, or in consonants where the repair changed marks.

    >>> printed_lines("นางสาวกขค\\nงจฉ นักวิชาการ", "นางสาวกขคงจฉ นักวิชาการ")
    ('นางสาวกขค', 'งจฉ นักวิชาการ')
    """
    raw_lines = [line for line in raw_text.split("\n") if line.strip()]
    if len(raw_lines) < 2:
        return (text,)
    for letters in (_plain, thai_skeleton):
        lengths = [len(letters(line)) for line in raw_lines]
        if sum(lengths) == len(letters(text)) and all(lengths):
            return _cut(text, lengths, skeleton=letters is thai_skeleton)
    return (text,)


def _plain(text: str) -> str:
    return "".join(normalize_value(text).split())


def _cut(text: str, lengths: list[int], *, skeleton: bool) -> tuple[str, ...]:
    """Cut a text after so many counted letters each; marks that lean on a letter stay with it."""
    lines: list[str] = []
    start = at = 0
    for length in lengths[:-1]:
        counted = 0
        while at < len(text) and counted < length:
            counted = len(thai_skeleton(text[start : at + 1]) if skeleton else _plain(text[start : at + 1]))
            at += 1
        while skeleton and at < len(text) and not text[at].isspace() and not thai_skeleton(text[at]):
            at += 1
        lines.append(text[start:at].strip())
        start = at
    lines.append(text[start:].strip())
    return tuple(line for line in lines if line)
