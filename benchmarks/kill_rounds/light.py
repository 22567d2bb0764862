"""Reading that takes no time, so that a round is spent on what is tested: keeping, writing and going on."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

from docmodel.errors import BcpError
from docmodel.provenance import TextSource
from docmodel.vocabulary import DocumentStatus
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.bundle import write_bundle
from pipeline.datasets.rows import DocumentRow, PageRow
from pipeline.engines.base import Task
from pipeline.engines.local import LocalEngine
from pipeline.logs import configure_logging
from pipeline.options import Options
from pipeline.run import RunRequest, run_batch
from pipeline.summary import DocumentSummary, summarize

_PAGES = 5
_DOCUMENT_S = 0.05


def read_quickly(task: Task) -> DocumentSummary:
    """A row for the document and some for pages that its bytes alone decide."""
    content = task.source.path.read_bytes()
    document = DocumentRow(
        document_id=task.source.document_id,
        source_path=task.source.source_path,
        status=DocumentStatus.OK,
        size_bytes=len(content),
        sha256=task.source.sha256,
    )
    pages = [
        PageRow(
            document_id=task.source.document_id,
            page_no=number,
            text=f"{task.source.sha256} หน้า {number} " * 40,
            text_source=TextSource.TEXT,
        )
        for number in range(1, _PAGES + 1)
    ]
    time.sleep(_DOCUMENT_S)
    summary = summarize({"documents": (document,)})
    tables = {"documents": rows_to_table("documents", [document]), "pages": rows_to_table("pages", pages)}
    write_bundle(task.bundle_path, tables, summary.as_dict())
    return summary


def _forget_fork_server() -> None:
    """The parent's fork server is no child of this process, which cannot ask after it; there is no public way."""
    server = forkserver._forkserver
    server._forkserver_address = server._forkserver_alive_fd = server._forkserver_pid = None


def start_light(source: Path, output: Path, max_file_bytes: int | None = None) -> int:
    """Begin a run in a process forked from this one, which has imported everything; its id."""
    process_id = os.fork()
    if process_id:
        return process_id
    code = 99
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if max_file_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, max_file_bytes))
        configure_logging(level=logging.CRITICAL)
        # each worker would else run this process's own script again, to import it
        main = sys.modules["__main__"]
        main.__spec__ = None
        main.__dict__.pop("__file__", None)
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        _forget_fork_server()
        forkserver.ensure_running()  # before the engine would have it load every reader
        request = RunRequest(input=source, output=output, options=Options(timeout_s=120), workers=2)
        code = int(run_batch(request, engine=LocalEngine(workers=2, work=read_quickly)).exit_code)
    except BcpError as error:
        code = int(error.exit_code)
    finally:
        os._exit(code)
