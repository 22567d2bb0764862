"""The matrix agency × element as compact data for the browser, cut into pieces that load one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from docmodel.vocabulary import ElementLevel, ElementStatus
from reports.attention import REASONS, Attention
from reports.data import PlanFiles
from reports.html.delivery_view import PlanDelivery, delivery_bits, delivery_choices
from reports.html.environment import plain, script_json
from reports.html.totals import Column
from reports.labels import STATUS, label, words_of

ROWS_PER_FILE = 2000
"""Plans per data file: the first is small enough to show at once, ten thousand plans need five of them."""
_LETTERS: Mapping[str, str] = {
    ElementStatus.PRESENT.value: "p",
    ElementStatus.PARTIAL.value: "h",
    ElementStatus.MISSING.value: "m",
    ElementStatus.UNREADABLE.value: "u",
    ElementStatus.NOT_APPLICABLE.value: "n",
}
NO_VERDICT = "-"
_SHORT_WORDS = {**STATUS, "present": "ครบ", "partial": "บางส่วน", "not_applicable": "–"}


def build_matrix(
    plans: Sequence[PlanFiles],
    columns: Sequence[Column],
    components: pd.DataFrame,
    attention: Attention,
    deliveries: Mapping[str, PlanDelivery],
) -> Iterator[str]:
    """The data files in order: the first tells the columns, words and choices, each holds rows.

    A row is [document_id, agency, kind, province, year, statuses by column, components present, reasons, file,
    delivery]; kind and province are numbers in the lists of the first file, reasons and delivery sums of bits.
    """
    provinces: list[str] = sorted({str(plan.document["province"] or "") for plan in plans})
    kinds = list(words_of("agency_type"))
    statuses = _status_letters(plans, columns, components)
    main = [index for index, column in enumerate(columns) if column.level == ElementLevel.COMPONENT]
    rows: list[tuple[str, str, int, int, int, str, int, int, str, int]] = []
    for plan in plans:
        document = plan.document
        letters = statuses.get(plan.document_id, NO_VERDICT * len(columns))
        rows.append(
            (
                plan.document_id,
                plain(document["agency_name"] or ""),
                kinds.index(document["agency_type"]) if document["agency_type"] in kinds else -1,
                provinces.index(str(document["province"] or "")),
                int(document["plan_year_be"] or 0),
                letters,
                sum(letters[index] == "p" for index in main),
                int(attention.reasons_of.get(plan.document_id, 0)),
                plain(document["source_path"]),
                delivery_bits(deliveries[plan.document_id]),
            )
        )
    rows.sort(key=lambda row: (row[6], row[1]))
    pieces = [rows[start : start + ROWS_PER_FILE] for start in range(0, len(rows), ROWS_PER_FILE)] or [[]]
    years = Counter(row[4] for row in rows)
    head = {
        "columns": [[column.element_id, plain(column.title), column.level] for column in columns],
        "kinds": [label("agency_type", kind) for kind in kinds],
        "provinces": [plain(province) for province in provinces],
        "years": sorted(years, reverse=True),
        "reasons": [[int(reason), text] for reason, text in REASONS.items()],
        "deliveries": delivery_choices(deliveries),
        "statuses": {_LETTERS[status]: [status, _SHORT_WORDS[status], STATUS[status]] for status in _LETTERS},
        "total": len(rows),
        "files": len(pieces),
    }
    for number, piece in enumerate(pieces):
        content: dict[str, Any] = {"number": number, "rows": piece}
        if number == 0:
            content["head"] = head
        yield f"bcpReport.add({script_json(content)});\n"


def _status_letters(plans: Sequence[PlanFiles], columns: Sequence[Column], components: pd.DataFrame) -> dict[str, str]:
    position = {column.element_id: index for index, column in enumerate(columns)}
    wanted = {plan.document_id for plan in plans}
    found: dict[str, list[str]] = {}
    chosen = components[components["element_id"].isin(position)]
    for document_id, element, status in chosen[["document_id", "element_id", "status"]].itertuples(
        index=False, name=None
    ):
        if document_id in wanted:
            letters = found.setdefault(document_id, [NO_VERDICT] * len(columns))
            letters[position[element]] = _LETTERS[status]
    return {document_id: "".join(letters) for document_id, letters in found.items()}
