"""criteria.yaml and reasons.yaml, read and checked against the elements, the datasets and each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Final

from pydantic import TypeAdapter

from pipeline.datasets.rows import DATASETS
from pipeline.schema_files.criteria import (
    STRICT,
    CriteriaFile,
    ElementCriteria,
    LeadRule,
    RecordsRule,
    Rule,
    SectionRule,
    TableRule,
    TextRule,
    TextTest,
)
from pipeline.schema_files.yaml_file import Location, fail, line_of, parse_yaml, read_yaml
from pipeline.values import Records

# What the verdicts themselves say, beside the reasons that rules name.
REASONS: Final = frozenset(
    {
        "all_parts",
        "some_parts",
        "no_parts",
        "mention_parts",
        "unfilled_parts",
        "unread_parts",
        "absent",
        "mention_only",
        "toc_only",
        "empty_section",
        "unfilled_template",
        "incomplete",
        "unreadable_page",
        "picture_only",
        "not_applicable",
        "type_unknown",
        "single_word",
        "single_pdf",
        "single_other",
    }
)
_PLACEHOLDERS: Final = dict.fromkeys(("title", "revise", "pages", "parts", "count", "places", "found", "asked"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReasonsFile:
    """The whole of reasons.yaml."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    schema: str
    version: str
    reasons: Mapping[str, str]


def read_criteria(path: Path, element_ids: tuple[str, ...], labels: frozenset[str]) -> CriteriaFile:
    """Read criteria.yaml. Raises SchemaDefinitionError where a name in it is not known, or an element has none.

    ``labels`` are what rules may name: the schema's own elements and those of the schema whose words it uses.
    """
    data = read_yaml(path)
    criteria = parse_yaml(TypeAdapter(CriteriaFile), data, path)
    for element_id in element_ids:
        if element_id not in criteria.elements:
            at: Location = ("elements",)
            fail(path, line_of(data, at), at, f"element {element_id} has no criteria", "ขาดเกณฑ์ขององค์ประกอบ")
    for element_id, element in criteria.elements.items():
        here: Location = ("elements", element_id)
        if element_id not in element_ids:
            fail(path, line_of(data, here), here, "elements.yaml has no such element", "ไม่พบองค์ประกอบนี้")
        for location, problem in _problems(element, criteria, set(labels)):
            at = (*here, *location)
            fail(path, line_of(data, at), at, problem, "อ้างชื่อที่ไม่มีอยู่")
    for name in (*criteria.prompts, *criteria.introductions, *_zone_sets(criteria)):
        if name not in criteria.phrases:
            at = ("phrases",)
            fail(path, line_of(data, at), at, f"there is no phrase set {name}", "ไม่พบชุดคำนี้")
    return criteria


def read_reasons(path: Path) -> Mapping[str, str]:
    """Read reasons.yaml: reason code to Thai sentence. Raises SchemaDefinitionError where one is lacking or wrong."""
    data = read_yaml(path)
    reasons = parse_yaml(TypeAdapter(_ReasonsFile), data, path).reasons
    for code in sorted(REASONS - set(reasons)):
        at: Location = ("reasons",)
        fail(path, line_of(data, at), at, f"reason {code} has no sentence", "ขาดประโยคของเหตุผล")
    for code, sentence in reasons.items():
        try:
            sentence.format(**_PLACEHOLDERS)
        except (KeyError, ValueError, IndexError):
            at = ("reasons", code)
            fail(path, line_of(data, at), at, "holds an unknown {placeholder}", "มีตัวแทนค่าที่ไม่รู้จัก")
    return MappingProxyType(dict(reasons))


def _zone_sets(criteria: CriteriaFile) -> tuple[str, ...]:
    return (*criteria.no_evidence.quotation, *criteria.no_evidence.headings)


def _problems(element: ElementCriteria, criteria: CriteriaFile, ids: set[str]) -> Iterator[tuple[Location, str]]:
    for key in ("present", "partial"):
        rules: tuple[Rule, ...] = getattr(element, key)
        for index, rule in enumerate(rules):
            for part, problem in _rule_problems(rule, criteria, ids):
                yield (key, index, *part), problem
    for key, names in (
        ("mention", element.mention),
        ("nearest", element.nearest),
        ("place", (*element.place.columns, *element.place.rows)),
    ):
        for name in names:
            if name not in criteria.phrases:
                yield (key,), f"there is no phrase set {name}"
    for element_id in (*element.place.sections, *element.place.around):
        if element_id not in ids:
            yield ("place",), f"elements.yaml has no element {element_id}"
    for test_key, test in (("beside", element.place.beside or TextTest()), ("heading", element.place.heading)):
        for part, problem in _test_problems(test, criteria, test_key):
            yield ("place", *part), problem


def _rule_problems(rule: Rule, criteria: CriteriaFile, ids: set[str]) -> Iterator[tuple[Location, str]]:
    if isinstance(rule, RecordsRule):
        yield from _record_problems(rule)
        yield from _test_problems(rule.test, criteria, "test")
    elif isinstance(rule, SectionRule):
        yield from _id_problems(rule.of, ids, "of")
        yield from _test_problems(rule.test, criteria, "test")
        yield from _test_problems(rule.heading, criteria, "heading")
    elif isinstance(rule, LeadRule):
        yield from _test_problems(rule.test, criteria, "test")
        yield from _test_problems(rule.follow, criteria, "follow")
    elif isinstance(rule, TextRule):
        yield from _id_problems(rule.within, ids, "within")
        yield from _id_problems(rule.outside, ids, "outside")
        yield from _test_problems(rule.test, criteria, "test")
        yield from _test_problems(rule.under, criteria, "under")
    elif isinstance(rule, TableRule):
        yield from _test_problems(rule.beside or TextTest(), criteria, "beside")
        for key, names in (("heads", rule.heads), ("columns", rule.columns), ("rows", rule.rows)):
            for name in names:
                if name not in criteria.phrases:
                    yield (key,), f"there is no phrase set {name}"
        if rule.heads_from is not None and not 0 < rule.heads_from <= len(rule.heads):
            yield ("heads_from",), "must be from 1 to the number of heads"


def _record_problems(rule: RecordsRule) -> Iterator[tuple[Location, str]]:
    if rule.dataset not in {field.name for field in fields(Records)}:
        yield ("dataset",), f"there is no record dataset {rule.dataset}"
        return
    columns = {field.name for field in fields(DATASETS[rule.dataset])}
    named = {
        "where": rule.where,
        "filled": rule.filled,
        "filled_any": rule.filled_any,
        "blank": rule.blank,
        "over": rule.over,
    }
    if rule.test != TextTest():
        named["fields"] = rule.fields
    for key, names in named.items():
        for name in names:
            if name not in columns:
                yield (key,), f"dataset {rule.dataset} has no column {name}"


def _test_problems(test: TextTest, criteria: CriteriaFile, key: str) -> Iterator[tuple[Location, str]]:
    for name in (*test.phrases, *test.near, *test.without):
        if name not in criteria.phrases:
            yield (key,), f"there is no phrase set {name}"


def _id_problems(names: tuple[str, ...], ids: set[str], key: str) -> Iterator[tuple[Location, str]]:
    for name in names:
        if name not in ids:
            yield (key,), f"elements.yaml has no element {name}"
