"""Pages of sound Thai: our own sentences in varied order, and runs of words from PyThaiNLP's word list."""

from __future__ import annotations

import random
from pathlib import Path

from pythainlp.corpus.common import thai_words
from pythainlp.corpus.tnc import unigram_word_freqs

SENTENCES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").split("\n")[:-1]
SENTENCES_PER_PAGE = 14
WORDS_PER_PAGE = 110
# Words that the corpus has at least so often: rarer entries hold slips and fragments of their own.
MIN_FREQUENCY = 60


def make_pages(count: int, seed: int = 7) -> list[str]:
    """Pages of sentences, lines of about 80 characters like a printed page."""
    chooser = random.Random(seed)
    return [" ".join(chooser.sample(SENTENCES, SENTENCES_PER_PAGE)) for _ in range(count)]


def make_word_pages(count: int, seed: int = 11) -> list[str]:
    """Pages of common words in random order, three to six of them between spaces."""
    frequency = unigram_word_freqs()
    words = sorted(w for w in thai_words() if frequency.get(w, 0) >= MIN_FREQUENCY and len(w) > 2 and w.isprintable())
    words = [word for word in words if all("\u0e01" <= char <= "\u0e4e" and char not in "ๆฯ" for char in word)]
    chooser = random.Random(seed)
    pages = []
    for _ in range(count):
        groups, left = [], WORDS_PER_PAGE
        while left > 0:
            size = chooser.randint(3, 6)
            groups.append("".join(chooser.choice(words) for _ in range(size)))
            left -= size
        pages.append(" ".join(groups))
    return pages
