"""A round's plans as tables: one row per plan, people hidden, pages that name people not drawn."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest

mpl.use("Agg")

import matplotlib.pyplot as plt

from benchmarks.report.simulate import simulate
from docmodel.errors import ConfigError
from docmodel.vocabulary import ElementLevel
from reports.analysis.pages import open_pages
from reports.analysis.plans import INPUT_VARIABLE, PROCESSED_VARIABLE, find_folders, read_round
from reports.html.evidence import HAS_PEOPLE, NO_FILE
from tests.reports.conftest import PERSON, ROOT


def test_one_row_per_plan_with_a_name_of_its_own(tmp_path: Path) -> None:
    """Word and PDF of one plan are one row, and two plans of one agency have different names."""
    simulate(tmp_path, 60)
    plans = read_round(tmp_path, tmp_path)
    assert plans.plans["agency"].is_unique
    assert len(plans.plans) == len(plans.files) <= 60
    assert set(plans.components["document_id"]) == set(plans.plans["document_id"])
    rows = plans.rows("incidents")
    assert set(rows["document_id"]) <= set(plans.plans["document_id"])
    assert set(rows["agency"]) <= set(plans.plans["agency"])
    assert list(plans.titles(ElementLevel.COMPONENT)) == [f"2.{number}" for number in range(1, 9)]


def test_rows_hide_people(hostile_datasets: Path) -> None:
    """A person's name comes through neither the team nor running text."""
    plans = read_round(hostile_datasets, hostile_datasets)
    for dataset in ("team_members", "recovery_steps", "components", "findings", "pages"):
        rows = plans.rows(dataset)
        assert len(rows) > 0
        assert PERSON not in rows.to_json(force_ascii=False)


def test_pages_are_drawn_unless_they_name_people(sample_datasets: Path) -> None:
    """The page of the scope is drawn with its mark, the team's page is not, and without the file nothing is."""
    plans = read_round(sample_datasets, ROOT / "data" / "raw")
    document_id = plans.plans["document_id"][0]
    pages = open_pages(plans, document_id)
    scope = next(
        row["evidence"][0]
        for row in plans.components.to_dict("records")
        if row["document_id"] == document_id and row["element_id"] == "2.1.scope"
    )
    figure = pages.draw(scope["page_no"], [scope["bbox"]], title="ขอบเขต")
    assert figure.axes[0].images and len(figure.axes[0].patches) == 1
    x0, top, x1, bottom = scope["bbox"]
    mark = figure.axes[0].patches[0].get_bbox()
    assert (mark.x0, mark.y0, mark.x1, mark.y1) == pytest.approx((x0, top, x1, bottom))
    found = pages.find(scope["page_no"], scope["text"])
    assert found == pytest.approx([x0, top, x1, bottom], abs=2)
    assert pages.find(scope["page_no"], "ข้อความที่ไม่มีในหน้านี้") is None
    team_page = next(iter(pages.pages_with_team))
    assert pages.why_hidden(team_page) == HAS_PEOPLE
    assert not pages.draw(team_page, title="ทีมงาน").axes[0].images
    assert open_pages(read_round(sample_datasets, sample_datasets), document_id).why_hidden(1) == NO_FILE
    plt.close("all")


def test_folders_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs a notebook names the folders; else they are the project's, from wherever the notebook runs."""
    monkeypatch.delenv(PROCESSED_VARIABLE, raising=False)
    monkeypatch.delenv(INPUT_VARIABLE, raising=False)
    assert find_folders(ROOT / "notebooks") == (ROOT / "data" / "processed", ROOT / "data" / "raw")
    monkeypatch.setenv(PROCESSED_VARIABLE, str(tmp_path))
    assert find_folders()[0] == tmp_path


def test_no_datasets_is_told(tmp_path: Path) -> None:
    """Without datasets the error says what to run."""
    with pytest.raises(ConfigError, match="datasets_missing"):
        read_round(tmp_path, tmp_path)
