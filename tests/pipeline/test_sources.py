"""Finding the input files."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from docmodel.errors import ConfigError
from pipeline.sources import find_sources, readable_path


def write(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_files_come_sorted_with_their_hash(tmp_path: Path) -> None:
    """Paths are relative with slashes, in order, and the id comes from the content."""
    write(tmp_path / "ข" / "แผน.pdf", b"two")
    write(tmp_path / "ก.docx", b"one")
    sources = find_sources(tmp_path).sources
    assert [source.source_path for source in sources] == ["ก.docx", "ข/แผน.pdf"]
    assert sources[0].sha256 == hashlib.sha256(b"one").hexdigest()
    assert sources[0].document_id == sources[0].sha256[:16]
    assert sources[0].size_bytes == 3


def test_what_is_no_input_is_left_out_with_its_reason(tmp_path: Path) -> None:
    """Hidden and system files, Word's lock files, notes and companions are named but not read."""
    for name in (".DS_Store", "Thumbs.db", "~$แผน.docx", "README.md", "corrections.csv", "แผน.expected.json", "a.pdf"):
        write(tmp_path / name)
    write(tmp_path / ".git" / "config")
    found = find_sources(tmp_path)
    assert [source.source_path for source in found.sources] == ["a.pdf"]
    assert {skipped.source_path: skipped.reason for skipped in found.skipped} == {
        ".DS_Store": "hidden_or_system_file",
        "Thumbs.db": "hidden_or_system_file",
        "README.md": "companion_file",
        "corrections.csv": "companion_file",
        "~$แผน.docx": "office_lock_file",
        "แผน.expected.json": "companion_file",
    }


def test_a_plan_named_like_a_note_but_of_another_kind_is_read(tmp_path: Path) -> None:
    """Only text files count as notes: a PDF named README is somebody's plan."""
    write(tmp_path / "README.pdf")
    assert len(find_sources(tmp_path).sources) == 1


def test_only_matches_path_or_name(tmp_path: Path) -> None:
    """A shell pattern holds for the whole relative path or the name alone."""
    write(tmp_path / "a" / "x.pdf")
    write(tmp_path / "b" / "y.docx")
    assert [source.source_path for source in find_sources(tmp_path, only="*.docx").sources] == ["b/y.docx"]
    assert [source.source_path for source in find_sources(tmp_path, only="a/*").sources] == ["a/x.pdf"]


def test_one_file_is_an_input_too(tmp_path: Path) -> None:
    """A file given by name is read whatever it is called."""
    assert [entry.source_path for entry in find_sources(write(tmp_path / "README.md")).sources] == ["README.md"]


def test_a_missing_input_says_what_to_do(tmp_path: Path) -> None:
    """A wrong path is a configuration error."""
    with pytest.raises(ConfigError, match="input_missing"):
        find_sources(tmp_path / "none")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    """One unreadable file does not stop the rest."""
    write(tmp_path / "a.pdf").chmod(0)
    write(tmp_path / "b.pdf")
    found = find_sources(tmp_path)
    assert [entry.error.code for entry in found.unreadable] == ["file_unreadable"]
    assert len(found.sources) == 1


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link to its own parent does not make the walk endless."""
    write(tmp_path / "in" / "a.pdf")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    assert [source.source_path for source in find_sources(tmp_path / "in").sources] == ["a.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_in_the_old_thai_code_page_is_readable() -> None:
    """A name that a Windows share left in TIS-620 is shown as Thai."""
    name = os.fsdecode("หน่วยงาน.pdf".encode("cp874"))
    assert readable_path(Path("ก") / name) == "ก/หน่วยงาน.pdf"
