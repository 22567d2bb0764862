"""Plans read by rules that have forgotten part of their words: how a plan in wordings that nobody knows looks.

``forget_words`` writes a copy of the schema in which each phrase of headings, columns, contents and criteria is left
out with a probability. The words by which a document is known to be a plan at all, and a form's own words, stay.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.verdicts.plan_markup import MarkedPlan, expected_statuses, read_plan, without_element, write_docx
from benchmarks.verdicts.reading import PLANS, tell_file
from docmodel.vocabulary import ElementStatus
from pipeline.assess.components import judge_elements
from pipeline.assess.doubt import PlanDoubt
from pipeline.assess.plan_text import PlanText
from pipeline.assess.verdict import Verdict
from pipeline.schema import DEFAULT_SCHEMA_ID, load_schema
from pipeline.schema_files.yaml_file import plain, read_yaml

FORGOTTEN: Final = {
    "aliases.yaml": ("labels", "aspects"),
    "vocabulary.yaml": ("columns", "captions", "dimensions", "roles"),
    "criteria.yaml": ("phrases",),
}
# Phrase sets that say what is no content; forgetting them would make boilerplate evidence.
KEPT_SETS: Final = frozenset({"prompts", "introductions", "cabinet", "definition", "front_matter", "nothing_planned"})
PARTS: Final = ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "3.pandemic", "annex.strategy_map")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A verdict before calibration, with the signs of doubt where it is "missing", and the truth."""

    plan: str
    forgotten: float
    cut: int
    element: str
    status: str
    truth: str
    confidence: float
    signs: Mapping[str, float]


def forget_words(folder: Path, share: float, seed: int) -> None:
    """Write a copy of all schemas to ``folder``/schema from which words are gone; one phrase of a list always stays."""
    source, target = Path(str(files("schema"))), folder / "schema"
    shutil.copytree(source, target)
    rng = random.Random(seed)
    for name, keys in FORGOTTEN.items():
        data = plain(read_yaml(source / DEFAULT_SCHEMA_ID / name))
        for key in keys:
            data[key] = _thinned(data[key], share, rng)
        (target / DEFAULT_SCHEMA_ID / name).write_text(json.dumps(data, ensure_ascii=False, indent=0), encoding="utf-8")


def _thinned(value: Any, share: float, rng: random.Random) -> Any:
    if isinstance(value, dict):
        return {key: part if key in KEPT_SETS else _thinned(part, share, rng) for key, part in value.items()}
    if isinstance(value, list):
        return [part for part in value if rng.random() >= share] or value[:1]
    return value


def cut_plans(plan: MarkedPlan, cuts: int) -> Iterator[MarkedPlan]:
    """The plan, and the plan with few or most of its parts taken out, the same ones every time."""
    yield plan
    rng = random.Random(plan.name)
    for number in range(cuts):
        thin = plan
        for part in PARTS:
            if rng.random() < (0.25, 0.7)[number % 2]:
                thin = without_element(thin, part)
        yield thin


def read_all(share: float, seed: int, cuts: int, folder: Path = PLANS) -> list[Reading]:
    """All verdicts on a folder of plans by rules that have forgotten a share of their words (in processes apart)."""
    with TemporaryDirectory() as scratch:
        forget_words(Path(scratch), share, seed)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=_start, initargs=(scratch,)) as pool:
            paths = sorted(folder.glob("*.plan"))
            return [one for found in pool.map(_read, paths, [share] * len(paths), [cuts] * len(paths)) for one in found]


def _start(folder: str) -> None:
    """Make the thinned schema the one that this process knows."""
    os.environ["XDG_CACHE_HOME"] = folder
    sys.modules.pop("schema", None)
    sys.path.insert(0, folder)


def _read(path: Path, share: float, cuts: int) -> list[Reading]:
    plan = read_plan(path)
    if not plan.is_plan:
        return []
    found = []
    with TemporaryDirectory() as scratch:
        for number, version in enumerate(cut_plans(plan, cuts)):
            write_docx(version, file := Path(scratch) / "plan.docx")
            verdicts, signs = _judge(file)
            found += [
                Reading(
                    plan=plan.name.partition("-")[0],
                    forgotten=share,
                    cut=number,
                    element=element,
                    status=status,
                    truth=truth,
                    confidence=verdicts[element].confidence,
                    signs=signs.get(element, {}),
                )
                for element, truth in expected_statuses(version).items()
                if element in verdicts
                and (status := verdicts[element].status.value) not in ("not_applicable", "unreadable")
            ]
    return found


def _judge(file: Path) -> tuple[dict[str, Verdict], dict[str, dict[str, float]]]:
    """The verdicts, and the signs of doubt of each that is "missing"."""
    story = tell_file(file)
    if not story.components:
        return {}, {}
    schema = load_schema(DEFAULT_SCHEMA_ID)
    plan = PlanText(story.mapped, schema)
    verdicts = judge_elements(plan, story.identity, story.records)
    doubt = PlanDoubt(plan, verdicts)
    return verdicts, {
        element.element_id: {sign.value: value for sign, value in doubt.signs(element).items()}
        for element in schema.elements
        if verdicts[element.element_id].status is ElementStatus.MISSING
    }
