"""The index tells the same as reading each passage for each phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assess.passage_index import PassageIndex
from pipeline.assess.phrases import PhraseBook
from pipeline.terms import compact

_SETS = {
    "whole": ("น้ำท่วม", "ไฟฟ้าดับ"),
    "short": ("คน", "#คน", "ก"),
    "gap": ("แจ้ง*ทราบ",),
    "digits": ("ภายใน#วัน",),
    "edges": ("^ทีมงาน", "สำรอง$"),
    "none": ("คำที่ไม่มี",),
}
_PIECES = ("น้ำท่วม", "ไฟฟ้า", "ดับ", "3คน", "คน", "แจ้ง", "ให้ทราบ", "ภายใน", "2วัน", "ทีมงาน", "สำรอง", "น้ำ", "ท่วม", "😀", "")
_TEXTS = st.lists(st.lists(st.sampled_from(_PIECES), max_size=5).map("".join), max_size=6)


@given(_TEXTS)
def test_same_as_reading_each_passage(texts: list[str]) -> None:
    """Whole phrases, wildcards, short and absent ones, letters outside the first plane, no passages at all."""
    texts = [compact(text) for text in texts]
    book = PhraseBook(sets=_SETS)
    index = PassageIndex(texts, book)
    for name in _SETS:
        read = {number for number, text in enumerate(texts) if book.find((name,), text) is not None}
        assert index.saying((name,)) == read, name


@pytest.mark.parametrize("cut", range(1, len("น้ำท่วม")))
def test_no_phrase_across_passages(cut: int) -> None:
    """A phrase that begins in one passage and ends in the next stands in neither."""
    index = PassageIndex(["น้ำท่วม"[:cut], "น้ำท่วม"[cut:]], PhraseBook(sets=_SETS))
    assert index.saying(("whole",)) == frozenset()
