"""Which plans lack the same things: verdicts as numbers, distance between plans, clusters and nearest peers.

What could not be read is unknown and never counts as a gap: two plans are compared on what is known of both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform

from docmodel.vocabulary import ElementLevel, ElementStatus

SCORES = {ElementStatus.PRESENT.value: 1.0, ElementStatus.PARTIAL.value: 0.5, ElementStatus.MISSING.value: 0.0}
"""Statuses that say something about the plan; the others say that it is not known, or not asked for."""
UNKNOWN_DISTANCE = 1.0
"""Plans of which nothing is known in common are as far apart as can be."""
SAME_CLUSTER = 0.15
"""Plans join a cluster while they differ, on average, by less than this share of the elements."""


def score_verdicts(
    components: pd.DataFrame, plans: pd.DataFrame, levels: Sequence[ElementLevel] = (ElementLevel.SUBELEMENT,)
) -> pd.DataFrame:
    """Agencies down, elements across; 1 present, 0.5 partial, 0 missing, NaN not known or not asked for."""
    names = dict(zip(plans["document_id"], plans["agency"], strict=True))
    chosen = components[components["level"].isin([level.value for level in levels])]
    elements = list(dict.fromkeys(chosen["element_id"]))
    table = pd.DataFrame(
        {
            "agency": chosen["document_id"].map(names),
            "element_id": chosen["element_id"],
            "score": chosen["status"].map(SCORES).astype(float),
        }
    ).dropna(subset=["agency"])
    wide = table.pivot(index="agency", columns="element_id", values="score")
    return wide.reindex(index=[name for name in plans["agency"] if name in wide.index], columns=elements)


def measure_distances(scores: pd.DataFrame) -> pd.DataFrame:
    """Mean difference of every two plans over the elements known of both, 0 (the same gaps) to 1."""
    values = scores.to_numpy(dtype=float)
    distances = np.array([_distances_from(values, index) for index in range(len(values))])
    return pd.DataFrame(distances.reshape(len(values), len(values)), index=scores.index, columns=scores.index)


def order_by_gaps(scores: pd.DataFrame) -> list[str]:
    """The agencies so that plans with the same gaps stand side by side."""
    if len(scores) < 3:
        return list(scores.index)
    return [str(scores.index[index]) for index in leaves_list(_tree(scores))]


def cluster_by_gaps(scores: pd.DataFrame, *, max_distance: float = SAME_CLUSTER) -> pd.Series[int]:
    """The cluster of each agency, numbered from 1 in the order of size, the largest first."""
    if len(scores) < 2:
        return pd.Series([1] * len(scores), index=scores.index, name="cluster", dtype=int)
    found = pd.Series(fcluster(_tree(scores), t=max_distance, criterion="distance"), index=scores.index)
    by_size = {old: new for new, old in enumerate(found.value_counts(sort=True).index, 1)}
    return found.map(by_size).rename("cluster").astype(int)


def describe_clusters(scores: pd.DataFrame, clusters: pd.Series[int], *, common: float = 0.5) -> pd.DataFrame:
    """One row per cluster: how many plans, how complete on average, and what at least half of them have not in full."""
    rows = []
    for number, members in scores.groupby(clusters):
        not_full = members.lt(1.0).where(members.notna()).astype(float).mean(axis=0, skipna=True)
        lacking = not_full[not_full >= common].sort_values(ascending=False, kind="stable")
        rows.append(
            {
                "cluster": number,
                "plans": len(members),
                "completeness": float(np.nanmean(members.to_numpy())) if members.notna().any(axis=None) else np.nan,
                "lacking": tuple(str(element) for element in lacking.index),
                "agencies": tuple(str(agency) for agency in members.index),
            }
        )
    return pd.DataFrame(rows, columns=["cluster", "plans", "completeness", "lacking", "agencies"])


def find_peers(scores: pd.DataFrame, agency: str, *, count: int = 5) -> pd.DataFrame:
    """The plans most like one agency's, nearest first, with what each has in full that the agency does not."""
    from_agency = _distances_from(scores.to_numpy(dtype=float), list(scores.index).index(agency))
    distances = pd.Series(from_agency, index=scores.index).drop(agency).sort_values(kind="stable").head(count)
    own = scores.loc[agency]
    rows = []
    for peer, distance in distances.items():
        other = scores.loc[str(peer)]
        ahead = tuple(str(element) for element in scores.columns if other[element] == 1.0 and own[element] < 1.0)
        rows.append({"peer": peer, "distance": float(distance), "has_what_is_lacking": ahead})
    return pd.DataFrame(rows, columns=["peer", "distance", "has_what_is_lacking"])


def _distances_from(values: np.ndarray, index: int) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        apart = np.abs(values - values[index])
    known = ~np.isnan(apart)
    counts = known.sum(axis=1)
    sums = np.where(known, apart, 0.0).sum(axis=1)
    distances: np.ndarray = np.where(counts > 0, sums / np.maximum(counts, 1), UNKNOWN_DISTANCE)
    distances[index] = 0.0
    return distances


def _tree(scores: pd.DataFrame) -> np.ndarray:
    """Average linkage: a cluster is as far from another as its plans are on average."""
    distances = measure_distances(scores).to_numpy()
    tree: np.ndarray = linkage(squareform(distances, checks=False), method="average")
    return tree
