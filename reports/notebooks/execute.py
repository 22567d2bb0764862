"""Runs notebooks in a kernel of their own and writes the executed copies, also as pages for the browser."""

from __future__ import annotations

import html
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docmodel.errors import ConfigError, EngineError, EngineMissingError
from reports.analysis.plans import INPUT_VARIABLE, PROCESSED_VARIABLE
from reports.data import dataset_path
from reports.files import written_folder
from reports.html.environment import fonts_css

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS_MARK = ".bcp-notebooks"
CELL_TIMEOUT_S = 600
"""No cell of ours takes a minute on the sample; one that takes ten has hung."""
START_TIMEOUT_S = 300
"""A kernel starts in seconds; on a busy machine it may take minutes."""
_STYLE = """
body { margin: 0 auto; max-width: 1100px; padding: 12px 24px 60px; font: 16px/1.65 Sarabun, sans-serif; color: #1b2430 }
h1 { font-size: 26px } h2 { font-size: 21px; margin-top: 36px } img { max-width: 100%; height: auto }
table { border-collapse: collapse; font-size: 15px; margin: 8px 0 } thead th { background: #e9eef3 }
th, td { border-bottom: 1px solid #d5dce4; padding: 5px 10px; text-align: left; vertical-align: top }
.jp-OutputArea, .output_area { overflow-x: auto } .prompt, .jp-OutputPrompt, a.anchor-link { display: none }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/1.6 Sarabun, monospace }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebooksRequest:
    """Notebooks (files or folders of them), the datasets and plans they read, and the folder for what they show."""

    notebooks: Path
    processed: Path
    input: Path
    output: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebooksResult:
    """What was executed."""

    pages: tuple[Path, ...]
    seconds: float


def execute_notebooks(request: NotebooksRequest, on_start: Callable[[str], None] | None = None) -> NotebooksResult:
    """Execute every notebook and write its executed copy and its page; the notebooks themselves stay as they are.

    Raises ConfigError where there are no notebooks or datasets, EngineMissingError without the extra ``notebooks``,
    EngineError where a cell fails.
    """
    started = time.monotonic()
    dataset_path(request.processed, "documents")
    paths = find_notebooks(request.notebooks)
    pages = []
    with written_folder(request.output, mark=NOTEBOOKS_MARK) as folder:
        for path in paths:
            if on_start:
                on_start(path.name)
            executed = execute_notebook(path, processed=request.processed, input_folder=request.input)
            write_notebook(executed, folder / path.name)
            (folder / f"{path.stem}.html").write_text(render_notebook(executed, path.stem), encoding="utf-8")
            pages.append(request.output / f"{path.stem}.html")
    return NotebooksResult(pages=tuple(pages), seconds=time.monotonic() - started)


def find_notebooks(path: Path) -> Sequence[Path]:
    """The notebooks of a folder by name, or the one given. Raises ConfigError where there are none."""
    found = [path] if path.suffix == ".ipynb" and path.is_file() else sorted(path.glob("*.ipynb"))
    if not found:
        raise ConfigError(
            "notebooks_missing",
            th=f"ไม่พบสมุดบันทึก (.ipynb) ใน {path} กรุณาระบุโฟลเดอร์ด้วย --notebooks",
            en=f"There are no notebooks (.ipynb) in {path}; name their folder with --notebooks.",
        )
    return found


def execute_notebook(path: Path, *, processed: Path, input_folder: Path) -> NotebookNode:
    """A copy of the notebook with what its cells gave."""
    try:
        import nbformat  # noqa: PLC0415  # the extra may not be installed
        from nbclient import NotebookClient  # noqa: PLC0415
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: PLC0415
    except ImportError as error:
        raise EngineMissingError(
            "notebook_engine_missing",
            th="ไม่มีชุดโปรแกรมสำหรับสมุดบันทึก กรุณาสั่ง make setup หรือ pip install 'opdc-bcp[notebooks]'",
            en="What notebooks need is not installed; run make setup or pip install 'opdc-bcp[notebooks]'.",
        ) from error
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    environment = {
        **os.environ,
        PROCESSED_VARIABLE: str(processed.resolve()),
        INPUT_VARIABLE: str(input_folder.resolve()),
    }
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT_S,
        startup_timeout=START_TIMEOUT_S,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    with tempfile.TemporaryDirectory(prefix="bcp-") as sockets:
        manager = client.create_kernel_manager()
        # sockets in a folder of our own: what the kernel says of plans does not go over the network stack
        manager.transport, manager.ip = "ipc", f"{sockets}/kernel"
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
            number = sum(1 for cell in notebook.cells if cell.cell_type == "code" and cell.get("execution_count"))
            what = getattr(error, "ename", type(error).__name__)
            raise EngineError(
                "notebook_failed",
                th=f"{path.name} หยุดที่ช่องโค้ดที่ {number} ({what}) กรุณาเปิดสมุดบันทึกแล้วสั่งช่องนั้นเพื่อดูสาเหตุ",
                en=f"{path.name} stopped at code cell {number} ({what}); open it and run that cell to see why.",
            ) from None  # the library's own message holds the cell's output, which may hold text of plans
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook's file."""
    import nbformat  # noqa: PLC0415

    nbformat.write(notebook, path)


def render_notebook(notebook: NotebookNode, title: str) -> str:
    """The executed notebook as one page that needs nothing from elsewhere: words, tables and pictures, without code."""
    from nbconvert import HTMLExporter  # noqa: PLC0415

    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_input_prompt=True)
    body, _ = exporter.from_notebook_node(notebook)
    return (
        f'<!doctype html>\n<html lang="th"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title>'
        f"<style>{fonts_css()}{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )
