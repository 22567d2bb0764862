"""Errors that mean 'cannot go on'. Each has a stable code and says in Thai and English what to do next.

Messages never hold text of a document, so that no personal data reaches a log.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line returns."""

    OK = 0
    BAD_CONFIG = 1
    SOME_DOCUMENTS_FAILED = 2
    TOOL_MISSING = 3
    DATASET_INVALID = 4
    INTERRUPTED = 130


class BcpError(Exception):
    """Base of all errors of this product.

    ``code`` names the case (``pdf_encrypted``); ``message_th`` and ``message_en`` say what happened and what to do.
    """

    exit_code: ExitCode = ExitCode.SOME_DOCUMENTS_FAILED

    def __init__(self, code: str, *, th: str, en: str) -> None:
        super().__init__(f"[{code}] {en}")
        self.code = code
        self.message_th = th
        self.message_en = en

    @property
    def message(self) -> str:
        """Both languages in one text, as the datasets and the terminal show it."""
        return f"{self.message_th} | {self.message_en}"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way from a worker process (the default would lose the keyword arguments)."""
        return (_rebuild_error, (type(self), self.code, self.message_th, self.message_en))


def _rebuild_error(kind: type[BcpError], code: str, th: str, en: str) -> BcpError:
    return kind(code, th=th, en=en)


class ConfigError(BcpError):
    """An option, path or configuration file is wrong."""

    exit_code = ExitCode.BAD_CONFIG


class SchemaDefinitionError(ConfigError):
    """A schema file is wrong; the message names file, line and key."""


class SourceError(BcpError):
    """An input file cannot be read."""


class UnsupportedSourceError(SourceError):
    """The content is of a kind that no reader takes."""


class EncryptedSourceError(SourceError):
    """A password protects the file."""


class CorruptSourceError(SourceError):
    """The file is empty, cut off or damaged."""


class SourceTooLargeError(SourceError):
    """The file exceeds a limit."""


class EngineError(BcpError):
    """An outside engine (OCR, office converter) failed on a document."""


class EngineMissingError(EngineError):
    """An outside engine is not installed."""

    exit_code = ExitCode.TOOL_MISSING


class EngineTimeoutError(EngineError):
    """An outside engine did not answer in time."""


class DatasetError(BcpError):
    """A dataset cannot be written or does not keep its contract."""

    exit_code = ExitCode.DATASET_INVALID
