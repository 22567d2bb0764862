"""What a text is measured against and how: gold texts page by page or as a whole, errors in percent of characters."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from docmodel.document import SourceFile

SHARED = Path(__file__).parents[3] / "shared"
IGNORED = re.compile(r"[\s\u200b•▪■●○◦·\uf0b7\uf0a7]+")
"""White space and bullets, which every producer writes in its own way."""
BROWSER_FLOOR = 0.9
DAMAGED_FLOOR = 1.1
SCAN_FLOOR = 0.0
"""What a reader without fault gets in percent: page numbers and rows that a page cuts do not stand in a gold text of
the whole document, and do stand on the pages. Means over several plans: one with many cut rows lies above them."""
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The text of a document: one entry per page, or one for all of it; ``floor`` in percent."""

    texts: tuple[str, ...]
    floor: float

    @property
    def by_page(self) -> bool:
        """Whether each page has a text of its own."""
        return len(self.texts) > 1


def find_gold(sample: Path, folder: Path = SHARED / "gold" / "text") -> Gold | None:
    """The gold of a sample by its name: its own pages, or the whole of the plan whose name it begins with."""
    own = folder / f"{sample.stem}.pages.json"
    if own.exists():
        return Gold(texts=tuple(json.loads(own.read_text("utf-8"))), floor=0.0)
    plans = sorted(folder.glob("*.txt"), key=lambda path: -len(path.stem))
    plan = next((path for path in plans if sample.stem.startswith(path.stem)), None)
    if plan is None:
        return None
    if "scan" in sample.stem:
        pages = plan.with_name(f"{plan.stem}.pages.json")
        if pages.exists():
            return Gold(texts=tuple(json.loads(pages.read_text("utf-8"))), floor=SCAN_FLOOR)
    floor = BROWSER_FLOOR if "browser" in sample.stem else DAMAGED_FLOOR
    return Gold(texts=(plan.read_text("utf-8"),), floor=floor)


def plain(text: str) -> str:
    """A text for comparison: NFC, no white space, no bullets."""
    return IGNORED.sub("", unicodedata.normalize("NFC", text))


def error_rate(read: Sequence[str], gold: Gold) -> float:
    """Characters wrong in percent of the gold's, page by page where the gold has pages."""
    wrong = sum(Levenshtein.distance(right, own) for own, right in _pairs(read, gold))
    return 100 * wrong / max(1, sum(len(plain(text)) for text in gold.texts))


def order_free_rate(read: Sequence[str], gold: Gold) -> float:
    """Characters missing or extra wherever they stand, in percent of the gold's: what is left of the error rate is
    order alone, as where a page cuts a row of a table and the gold has it whole."""
    wrong = 0
    for own, right in _pairs(read, gold):
        have, want = Counter(own), Counter(right)
        wrong += max((want - have).total(), (have - want).total())
    return 100 * wrong / max(1, sum(len(plain(text)) for text in gold.texts))


def list_differences(read: Sequence[str], gold: Gold) -> Iterator[str]:
    """Each differing place in a few words: ``before [gold|read] behind``."""
    for own, right in _pairs(read, gold):
        for op in Levenshtein.opcodes(right, own):
            if op.tag != "equal":
                before = right[max(0, op.src_start - _SHOWN) : op.src_start]
                behind = right[op.src_end : op.src_end + _SHOWN]
                places = f"{right[op.src_start : op.src_end]}|{own[op.dest_start : op.dest_end]}"
                yield f"{before} [{places}] {behind}"


def _pairs(read: Sequence[str], gold: Gold) -> Iterator[tuple[str, str]]:
    pages = read if gold.by_page else ["\n".join(read)]
    for index in range(max(len(pages), len(gold.texts))):
        own = plain(pages[index]) if index < len(pages) else ""
        yield own, plain(gold.texts[index]) if index < len(gold.texts) else ""


def read_source(path: Path) -> SourceFile:
    """A file as the pipeline takes it."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return SourceFile(source_path=path.name, path=path, size_bytes=len(content), sha256=digest)
