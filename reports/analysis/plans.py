"""The plans of a folder of datasets as tables to compute with, one row per plan, people hidden."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from docmodel.vocabulary import ElementLevel
from pipeline.cli.extract import DEFAULT_INPUT, DEFAULT_OUTPUT
from reports.data import PlanFiles, clean_records, find_plans, read_dataset
from reports.labels import label
from reports.masked_rows import iterate_documents

PROCESSED_VARIABLE, INPUT_VARIABLE = "BCP_PROCESSED", "BCP_INPUT"
"""Environment variables by which whoever runs a notebook names the folders."""
NO_PROVINCE = "ไม่ระบุจังหวัด"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All plans of one round. ``plans`` has a row per plan sent in, with ``agency``, a name that no other plan has.

    ``components`` holds the verdicts of the documents that stand for the plans.
    """

    processed: Path
    input: Path
    documents: pd.DataFrame
    plans: pd.DataFrame
    components: pd.DataFrame
    files: tuple[PlanFiles, ...]

    def rows(self, dataset: str) -> pd.DataFrame:
        """A dataset's rows of the standing documents, names and telephone numbers of people hidden."""
        wanted = dict(zip(self.plans["document_id"], self.plans["agency"], strict=True))
        found: list[dict[str, Any]] = []
        for document_id, rows in iterate_documents(self.processed, (dataset,), with_personal_data=False):
            if document_id in wanted:
                found += [{**row, "agency": wanted[document_id]} for row in rows[dataset]]
        columns = ["agency", *read_dataset(self.processed, dataset).columns]
        return pd.DataFrame(found, columns=columns)

    def titles(self, level: ElementLevel | None = None) -> dict[str, str]:
        """The elements of the schema with their Thai titles, in its order."""
        chosen = self.components if level is None else self.components[self.components["level"] == level.value]
        return dict(chosen.drop_duplicates("element_id")[["element_id", "title_th"]].itertuples(index=False, name=None))


def find_folders(start: Path | None = None) -> tuple[Path, Path]:
    """The folders of datasets and of plans: those named by the environment, else those of the project around ``start``.

    >>> [path.is_absolute() for path in find_folders()]
    [True, True]
    """
    here = (start or Path.cwd()).resolve()
    root = next((folder for folder in (here, *here.parents) if (folder / "pyproject.toml").is_file()), here)
    return (
        Path(os.environ.get(PROCESSED_VARIABLE) or root / DEFAULT_OUTPUT).resolve(),
        Path(os.environ.get(INPUT_VARIABLE) or root / DEFAULT_INPUT).resolve(),
    )


def read_round(processed: Path | None = None, input_folder: Path | None = None) -> Round:
    """The plans of a folder of datasets. Raises ConfigError where there are none yet."""
    folders = find_folders()
    folder, plans_folder = processed or folders[0], input_folder or folders[1]
    documents = read_dataset(folder, "documents")
    components = read_dataset(folder, "components")
    files = find_plans(documents, components)
    ids = [plan.document_id for plan in files]
    return Round(
        processed=folder,
        input=plans_folder,
        documents=documents,
        plans=_plan_table(files),
        components=components[components["document_id"].isin(ids)],
        files=files,
    )


def name_apart(names: Iterable[str]) -> list[str]:
    """Names with a number behind those that come more than once.

    >>> name_apart(["ก", "ข", "ก"])
    ['ก (1)', 'ข', 'ก (2)']
    """
    given = list(names)
    counts, seen = Counter(given), Counter[str]()
    apart = []
    for name in given:
        seen[name] += 1
        apart.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    return apart


def _plan_table(files: Sequence[PlanFiles]) -> pd.DataFrame:
    documents = [plan.document for plan in files]
    agencies = name_apart(document["agency_name"] or Path(document["source_path"]).stem for document in documents)
    rows = [
        {
            "document_id": document["document_id"],
            "agency": agency,
            "agency_type": label("agency_type", document["agency_type"]),
            "province": document["province"] or NO_PROVINCE,
            "plan_year_be": document["plan_year_be"],
            "source_path": document["source_path"],
            "page_count": document["page_count"],
            "ocr_page_count": document["ocr_page_count"],
            "text_quality": document["text_quality"],
            "files": 1 + len(plan.others),
        }
        for document, agency, plan in zip(documents, agencies, files, strict=True)
    ]
    columns = ["document_id", "agency", "agency_type", "province", "plan_year_be", "source_path", "page_count"]
    columns += ["ocr_page_count", "text_quality", "files"]
    return pd.DataFrame(rows, columns=columns).convert_dtypes()


def records_of(table: pd.DataFrame, document_id: str) -> list[dict[str, Any]]:
    """One document's rows of a table, with None for what is not known."""
    return list(clean_records(table[table["document_id"] == document_id]))
