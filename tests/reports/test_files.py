"""Outputs appear whole or not at all, and nothing that is somebody else's is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from docmodel.errors import ConfigError, DatasetError
from reports.files import written_file, written_folder

MARK = ".made"


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    """The earlier file stands until the new one is written, and nothing else is left."""
    output = tmp_path / "new" / "w.xlsx"
    for text in ("1", "2"):
        with written_file(output) as writing:
            assert not output.exists() or output.read_text(encoding="utf-8") != text
            writing.write_text(text, encoding="utf-8")
        assert output.read_text(encoding="utf-8") == text
    assert [path.name for path in output.parent.iterdir()] == ["w.xlsx"]


@pytest.mark.parametrize("error", [OSError("full"), ValueError("wrong")])
def test_a_failed_file_leaves_the_earlier_one(tmp_path: Path, error: Exception) -> None:
    """A full disk is told with a code, another fault as itself; neither costs the earlier file."""
    output = tmp_path / "w.xlsx"
    output.write_text("1", encoding="utf-8")
    with pytest.raises(DatasetError if isinstance(error, OSError) else ValueError), written_file(output) as writing:
        writing.write_text("half", encoding="utf-8")
        raise error
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"w.xlsx": "1"}


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Files of the run before do not stay; a failed run leaves them all."""
    output = tmp_path / "letters"
    for name in ("a", "b"):
        with written_folder(output, mark=MARK) as writing:
            (writing / name).touch()
    with pytest.raises(DatasetError), written_folder(output, mark=MARK) as writing:
        (writing / "c").touch()
        raise OSError
    assert {path.name for path in output.iterdir()} == {"b", MARK}
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    """A folder that was only made is nobody's."""
    with written_folder(tmp_path, mark=MARK) as writing:
        (writing / "a").touch()
    assert (tmp_path / "a").exists()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_somebody_elses_stays(tmp_path: Path, kind: str) -> None:
    """A file of that name, and a folder without the mark."""
    output = tmp_path / "letters"
    if kind == "file":
        output.write_text("mine", encoding="utf-8")
    else:
        output.mkdir()
        (output / "mine").touch()
    with pytest.raises(ConfigError, match="output_folder_taken"), written_folder(output, mark=MARK):
        pytest.fail("nothing may be written")
    assert output.exists()
