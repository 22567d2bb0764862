"""Imported by the process from which workers are forked: what all of them need is read once, and its memory shared."""

from __future__ import annotations

import gc
from typing import Final

import pandas as pd  # noqa: F401  # Arrow's first conversion imports it, a third of a second in each worker

import pipeline.task  # noqa: F401  # every reader, rule and row
from extractors.ocr.glyphs import load_model
from normalizers.repair.words import load_altered_words
from pipeline.assess.phrases import phrase_pattern
from pipeline.datasets.arrow import dataset_schema
from pipeline.datasets.rows import DATASETS
from pipeline.identity.reference import load_agencies, load_provinces
from pipeline.mapping.agency_words import load_agency_words
from pipeline.mapping.heading_phrases import cut_heading
from pipeline.mapping.lexicon import load_lexicon
from pipeline.options import Options
from pipeline.schema import load_schema
from pipeline.vocabulary import load_vocabulary

YOUNG_OBJECTS: Final = 20_000
"""New objects between two looks for garbage: a document makes some hundred thousand that all die with it."""


def warm_up() -> None:
    """Read word lists, schema and models, and leave them out of all later searches for garbage."""
    schema_id = Options().schema_id
    for phrases in load_schema(schema_id).phrases.values():
        phrase_pattern(phrases)
    load_vocabulary(schema_id)
    cut_heading("แผน", load_lexicon(schema_id))
    load_agencies()
    load_provinces()
    load_agency_words()
    load_altered_words()
    load_model()
    for name in DATASETS:
        dataset_schema(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


warm_up()
