"""Plans that lack the same things stand together; what is not known is no gap."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from docmodel.vocabulary import ElementLevel
from reports.analysis.gaps import (
    cluster_by_gaps,
    describe_clusters,
    find_peers,
    measure_distances,
    order_by_gaps,
    score_verdicts,
)

NAN = float("nan")


@pytest.fixture
def scores() -> pd.DataFrame:
    """Two complete plans, two without an impact analysis, one that could not be read."""
    return pd.DataFrame(
        {"2.1": [1, 1, 1, 1, NAN], "2.5": [1, 1, 0, 0, NAN], "2.8": [1, 0.5, 1, 1, NAN], "2.7": [1, 1, 0, 0.5, NAN]},
        index=["ครบ", "เกือบครบ", "ไม่มี BIA", "ไม่มี BIA เช่นกัน", "อ่านไม่ได้"],
        dtype=float,
    )


def test_verdicts_become_numbers_and_unknown_stays_unknown() -> None:
    """Unreadable and not applicable have no number; only documents that stand for a plan have a row."""
    components = pd.DataFrame(
        [
            ("a", "2.1.scope", "subelement", "present"),
            ("a", "2.2.impacts", "subelement", "unreadable"),
            ("b", "2.1.scope", "subelement", "partial"),
            ("b", "2.2.impacts", "subelement", "missing"),
            ("other", "2.1.scope", "subelement", "present"),
            ("a", "2.1", "component", "partial"),
        ],
        columns=["document_id", "element_id", "level", "status"],
    )
    plans = pd.DataFrame({"document_id": ["a", "b"], "agency": ["ก", "ข"]})
    found = score_verdicts(components, plans)
    assert list(found.columns) == ["2.1.scope", "2.2.impacts"]
    assert found.loc["ก", "2.1.scope"] == 1.0
    assert np.isnan(found.loc["ก", "2.2.impacts"])
    assert list(found.loc["ข"]) == [0.5, 0.0]
    assert list(score_verdicts(components, plans, (ElementLevel.COMPONENT,)).columns) == ["2.1"]


def test_distance_counts_what_is_known_of_both(scores: pd.DataFrame) -> None:
    """The distance is symmetric, none to itself, and the greatest to a plan of which nothing is known."""
    distances = measure_distances(scores)
    assert np.allclose(distances, distances.T)
    assert list(np.diag(distances)) == [0.0] * 5
    assert distances.loc["ครบ", "ไม่มี BIA"] == pytest.approx(0.5)
    assert distances.loc["ครบ", "อ่านไม่ได้"] == 1.0
    known = scores.assign(**{"2.9": [1, NAN, 1, 1, 1]})
    assert measure_distances(known).loc["ครบ", "เกือบครบ"] == distances.loc["ครบ", "เกือบครบ"]


def test_plans_with_the_same_gaps_are_one_cluster(scores: pd.DataFrame) -> None:
    """The two complete plans are together, the two without an analysis, and the unread one alone."""
    clusters = cluster_by_gaps(scores)
    assert clusters["ครบ"] == clusters["เกือบครบ"]
    assert clusters["ไม่มี BIA"] == clusters["ไม่มี BIA เช่นกัน"] != clusters["ครบ"]
    assert list(clusters).count(clusters["อ่านไม่ได้"]) == 1
    described = describe_clusters(scores, clusters).set_index("cluster")
    assert described.loc[clusters["ไม่มี BIA"], "lacking"] == ("2.5", "2.7")
    assert described.loc[clusters["อ่านไม่ได้"], "lacking"] == ()
    order = order_by_gaps(scores)
    assert abs(order.index("ครบ") - order.index("เกือบครบ")) == 1


def test_peers_have_what_is_lacking(scores: pd.DataFrame) -> None:
    """The nearest plan comes first, each with the elements that it has in full and the agency does not."""
    peers = find_peers(scores, "ไม่มี BIA", count=2)
    assert list(peers["peer"]) == ["ไม่มี BIA เช่นกัน", "ครบ"]
    assert peers["has_what_is_lacking"][0] == ()
    assert peers["has_what_is_lacking"][1] == ("2.5", "2.7")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_plans_are_no_trouble(scores: pd.DataFrame, count: int) -> None:
    """None, one and two plans are ordered and clustered as well."""
    few = scores.head(count)
    assert sorted(order_by_gaps(few)) == sorted(few.index)
    assert len(cluster_by_gaps(few)) == count
