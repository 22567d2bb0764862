"""Recovery times and needs per process, and incidents per province."""

from __future__ import annotations

import pandas as pd

from docmodel.vocabulary import IncidentSource
from normalizers.text import thai_skeleton
from reports.html.totals import process_key
from reports.labels import label, words_of


def summarise_times(processes: pd.DataFrame) -> pd.DataFrame:
    """One row per process name of all plans: how many plans name it, and the span of its recovery time in hours.

    ``unread`` counts those whose time is not said or could not be read.
    """
    named = processes.assign(process=processes["process_name"].map(process_key))
    grouped = named.groupby("process", sort=False)
    table = pd.DataFrame(
        {
            "plans": grouped["document_id"].nunique(),
            "shortest_hours": grouped["rto_max_hours"].min(),
            "median_hours": grouped["rto_max_hours"].median(),
            "longest_hours": grouped["rto_max_hours"].max(),
            "unread": grouped["rto_max_hours"].agg(lambda hours: int(hours.isna().sum())),
        }
    ).reset_index()
    return table.sort_values(["plans", "median_hours", "process"], ascending=[False, True, True], ignore_index=True)


def match_needs(processes: pd.DataFrame, requirements: pd.DataFrame) -> pd.DataFrame:
    """Each process with its recovery time and what must be there by then.

    Where a plan lists needs per process, these count; else those of the whole plan (``whole_plan``). Of a resource
    with several times the first that reaches the recovery time counts, or the last where none does.
    """
    needs = requirements[~requirements["is_total"].fillna(False).astype(bool)]
    rows = []
    for process in processes.to_dict("records"):
        own = needs[needs["document_id"] == process["document_id"]]
        named = own[[_same_process(name, process["process_name"]) for name in own["process_name"]]]
        whole_plan = named.empty
        chosen = own[own["process_name"].isna()] if whole_plan else named
        at_time = _at(chosen, process["rto_max_hours"])
        counts = at_time["dimension"].value_counts()
        rows.append(
            {
                "agency": process["agency"],
                "process": process["process_name"],
                "urgency": label("urgency", process["urgency"] if isinstance(process["urgency"], str) else None),
                "rto_max_hours": process["rto_max_hours"],
                "whole_plan": whole_plan,
                **{name: int(counts.get(key, 0)) for key, name in words_of("dimension").items()},
            }
        )
    columns = ["agency", "process", "urgency", "rto_max_hours", "whole_plan", *words_of("dimension").values()]
    return pd.DataFrame(rows, columns=columns)


def cover_by_province(incidents: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Provinces down, incidents across: the share of a province's plans that name the incident in their own words.

    The checklist's ticks do not count. The column ``plans`` says how many plans a share is of.
    """
    named = incidents[incidents["source"] != IncidentSource.CHECKLIST.value].drop_duplicates(
        ["document_id", "incident"]
    )
    joined = named.merge(plans[["document_id", "province"]], on="document_id")
    total = plans["province"].value_counts()
    shares = pd.crosstab(joined["province"], joined["incident"])
    order = [key for key in words_of("incident") if key in shares.columns]
    shares = shares.reindex(index=total.index, columns=order, fill_value=0).div(total, axis=0)
    shares.columns = pd.Index([label("incident", key) for key in order])
    shares.insert(0, "plans", total)
    shares.index.name = "province"
    return shares.sort_values(["plans"], ascending=False, kind="stable")


def _same_process(one: object, other: str) -> bool:
    return isinstance(one, str) and thai_skeleton(process_key(one)) == thai_skeleton(process_key(other))


def _at(needs: pd.DataFrame, hours: float | None) -> pd.DataFrame:
    """Per resource the row of the first time that reaches ``hours``."""
    if needs.empty:
        return needs
    ordered = needs.sort_values("bucket_hours", kind="stable")
    keys = ["dimension", "resource_raw"]
    if hours is None or pd.isna(hours):
        return ordered.drop_duplicates(keys)
    reaching = ordered[ordered["bucket_hours"].isna() | (ordered["bucket_hours"] >= hours)].drop_duplicates(keys)
    last = ordered.drop_duplicates(keys, keep="last")
    return pd.concat([reaching, last]).drop_duplicates(keys)
