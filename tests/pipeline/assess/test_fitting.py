"""How far a text says what an element's rules ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.assess.fitting import MAX_WORDS, share_said, telling_sets, word_groups, words_said
from pipeline.assess.plan_text import PlanText
from tests.pipeline.assess.conftest import Part

FLOOD, HARM, PLAIN = "น้ำท่วมถนนหน้าอาคาร", "อาคารเสียหายหนักและให้งดใช้", "ต้นไม้ใหญ่ให้ร่มเงา"


@pytest.fixture
def plan(plans) -> PlanText:
    """Three sentences under one heading: passages 1 to 3."""
    return PlanText(plans.make(Part(heading="เรื่องเล่า", body=(FLOOD, HARM, PLAIN))), plans.schema)


def test_only_what_is_asked_for_together_counts(plans):
    """A single set of words needs a section or a place beside it, and says nothing by itself."""
    groups = word_groups([plans.schema.criteria_of(element.element_id) for element in plans.schema.elements])
    assert groups
    assert all(len(asked) > 1 for asked in groups)
    assert not word_groups([plans.schema.criteria_of("3.word_and_pdf")])


def test_the_rule_that_is_said_most_counts_wherever_its_parts_stand(plan):
    """Half of it in one sentence, the other half in the next: the place as a whole says both."""
    groups = ((("incident_words",), ("harm",)), (("incident_words",), ("harm",), ("chain",), ("aims",)))
    assert share_said(groups, frozenset({1}), plan) == 0.5
    assert share_said(groups, frozenset({1, 2}), plan) == 1.0
    assert share_said(groups, frozenset({3}), plan) <= 0.25
    assert share_said((), frozenset({1}), plan) == 0.0


def test_words_are_the_schemas_own_and_long_enough_to_tell(plans, plan):
    """The author's words may be a person's; a word like "for" stands in any sentence."""
    criteria = plans.schema.criteria_of("2.2.impacts")
    assert "น้ำท่วม" in words_said(telling_sets([criteria]), frozenset({1}), plan)
    assert not words_said(telling_sets([criteria]), frozenset({3}), plan)
    short = replace(criteria, present=(), partial=(), mention=(), nearest=("aims",))
    assert plan.index.saying(("aims",)) & {2, 3}
    assert not words_said(telling_sets([short]), frozenset({2, 3}), plan)
    everything = [plans.schema.criteria_of(element.element_id) for element in plans.schema.elements]
    assert len(words_said(telling_sets(everything), frozenset({1, 2, 3}), plan)) <= MAX_WORDS
