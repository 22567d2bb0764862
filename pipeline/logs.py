"""Logs as events with keys: to the terminal from a level on, and all of them as JSON lines to a file when asked.

Events name documents by their id, never by content; no text, name or phone number of a document is logged.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog

LOG_FILE_VARIABLE = "BCP_LOG_FILE"
"""Environment variable through which the worker processes learn of the log file."""


def configure_logging(*, level: int = logging.WARNING, log_file: Path | None = None) -> None:
    """Set up the logging of this process; workers find the file in their environment."""
    named = log_file or (Path(os.environ[LOG_FILE_VARIABLE]) if os.environ.get(LOG_FILE_VARIABLE) else None)
    if log_file is not None:
        os.environ[LOG_FILE_VARIABLE] = str(log_file.resolve())
    processors: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    factory: Callable[..., Any] = _print_to_stderr
    if named is not None:
        named.parent.mkdir(parents=True, exist_ok=True)
        processors.append(structlog.processors.JSONRenderer(ensure_ascii=False))
        stream = named.open("a", encoding="utf-8", errors="replace", buffering=1)
        factory = structlog.PrintLoggerFactory(file=stream)
        level = min(level, logging.INFO)
    else:
        processors.append(structlog.processors.KeyValueRenderer(key_order=["event"]))
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=factory,
        cache_logger_on_first_use=False,
    )


def _print_to_stderr(*_: Any) -> structlog.PrintLogger:
    """To standard error as it is now, which may be another one than when logging was set up."""
    return structlog.PrintLogger(sys.stderr)
