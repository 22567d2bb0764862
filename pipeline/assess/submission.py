"""The files that an agency sent for one plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Word's own formats; an OpenDocument or RTF file is not what the circular asks for.
_WORD: Final = frozenset(
    {
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-word.document.macroenabled.12",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The formats ("word", "pdf", "other") and paths of the files of one plan."""

    formats: frozenset[str]
    source_paths: tuple[str, ...]


def file_format(media_type: str | None) -> str:
    """ "word", "pdf" or "other" of a media type."""
    if media_type is None:
        return "other"
    if media_type.lower() in _WORD:
        return "word"
    return "pdf" if media_type.lower() == "application/pdf" else "other"


def single_file(media_type: str | None, source_path: str) -> Submission:
    """The submission of a file that stands alone."""
    return Submission(formats=frozenset({file_format(media_type)}), source_paths=(source_path,))
