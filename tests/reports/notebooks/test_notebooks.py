"""The committed notebooks are clean and Thai; executing one keeps what it shows and tells where one stops."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from docmodel.errors import ConfigError, EngineError
from reports.notebooks.execute import (
    NOTEBOOKS_MARK,
    NotebooksRequest,
    execute_notebook,
    execute_notebooks,
    find_notebooks,
)
from tests.reports.conftest import ROOT

NOTEBOOKS = find_notebooks(ROOT / "notebooks")
PROJECT = ("docmodel", "normalizers", "pipeline", "reports")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_results(path: Path) -> None:
    """No output, no count and no trace of a machine: results belong to whoever executes them."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_explain_in_thai_and_repeat_no_code(path: Path) -> None:
    """They start with a heading, explain every few cells in Thai, and define neither functions nor other imports."""
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].source.startswith("# ")
    words = [cell.source for cell in cells if cell.cell_type == "markdown"]
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    assert len(words) * 2 >= len(code)
    assert all(len(re.findall("[ก-ฮ]", text)) > 5 for text in words)
    tree = ast.parse("\n".join(code))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    modules = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert modules and all(str(module).split(".")[0] in PROJECT for module in modules)


def _write(path: Path, *sources: str) -> Path:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    nbformat.write(notebook, path)
    return path


def test_an_executed_copy_and_a_page_are_kept(hostile_datasets: Path, tmp_path: Path) -> None:
    """The page holds what the cells gave, as text, and no code; the notebook itself stays as it was."""
    (tmp_path / "books").mkdir()
    path = _write(
        tmp_path / "books" / "ทดลอง.ipynb",
        "from reports.analysis.plans import read_round\nplans = read_round()\nlen(plans.plans)",
        "from reports.analysis.tables import Table\nTable(plans.plans, {'agency': 'หน่วยงาน'})",
    )
    before = path.read_bytes()
    output = tmp_path / "out"
    result = execute_notebooks(
        NotebooksRequest(notebooks=path.parent, processed=hostile_datasets, input=tmp_path, output=output)
    )
    assert path.read_bytes() == before
    assert (output / NOTEBOOKS_MARK).exists()
    page = result.pages[0].read_text(encoding="utf-8")
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "หน่วยงาน" in page and "read_round()" not in page
    assert "://" not in re.sub(r"data:font[^)]*", "", page), "the page needs nothing from elsewhere"
    assert nbformat.read(output / path.name, as_version=4).cells[0].outputs[0].data["text/plain"] == "1"


def test_a_cell_that_fails_is_named_without_its_text(tmp_path: Path) -> None:
    """The error names notebook, cell and kind, and holds nothing of what the cell printed."""
    path = _write(tmp_path / "x.ipynb", "1", "raise ValueError('นางสาวทดสอบ ไม่มีจริง')", "2")
    with pytest.raises(EngineError, match="notebook_failed") as caught:
        execute_notebook(path, processed=tmp_path, input_folder=tmp_path)
    assert "cell 2 (ValueError)" in caught.value.message_en
    assert "ทดสอบ" not in caught.value.message
    assert caught.value.__cause__ is None


def test_no_notebooks_is_told(hostile_datasets: Path, tmp_path: Path) -> None:
    """A folder without notebooks is an error that says which option names it."""
    with pytest.raises(ConfigError, match="--notebooks"):
        execute_notebooks(
            NotebooksRequest(notebooks=tmp_path, processed=hostile_datasets, input=tmp_path, output=tmp_path / "out")
        )
