"""The Tesseract engine: its models found or asked for, SARA AM joined."""

from __future__ import annotations

import pytest

from docmodel.errors import EngineMissingError
from extractors.ocr import tesseract
from extractors.ocr.tesseract import find_tessdata, join_sara_am

NIKHAHIT, AA, AM = "\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
MAI_THO = "\N{THAI CHARACTER MAI THO}"


@pytest.mark.parametrize(
    ("read", "joined"),
    [
        (f"ท{NIKHAHIT}{AA}", f"ท{AM}"),
        (f"น{MAI_THO}{NIKHAHIT}{AA}", f"น{MAI_THO}{AM}"),
        (f"น{NIKHAHIT}{MAI_THO}{AA}", f"น{MAI_THO}{AM}"),
        ("มา น้ำ", "มา น้ำ"),
        (f"ก{NIKHAHIT}", f"ก{NIKHAHIT}"),
    ],
)
def test_sara_am_is_joined_with_its_tone_before_it(read, joined):
    """Both orders of tone and nikhahit become one SARA AM; a lone nikhahit stays."""
    assert join_sara_am(read) == joined
    assert join_sara_am(joined) == joined


def test_missing_tesseract_says_what_to_install(tmp_path, monkeypatch):
    """Without language data the error has a code and a command in both languages."""
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr(tesseract, "_TESSDATA_PLACES", (str(tmp_path),))
    with pytest.raises(EngineMissingError) as caught:
        find_tessdata()
    assert caught.value.code == "tesseract_missing"
    assert "tesseract" in caught.value.message_th
    assert "install" in caught.value.message_en.lower()


def test_missing_thai_data_is_named(tmp_path, monkeypatch):
    """Tesseract with English alone asks for the Thai package and not for all again."""
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    (tmp_path / "eng.traineddata").write_bytes(b"x")
    monkeypatch.setattr(tesseract, "_TESSDATA_PLACES", (str(tmp_path),))
    with pytest.raises(EngineMissingError) as caught:
        find_tessdata()
    assert caught.value.code == "tesseract_thai_missing"


@pytest.mark.parametrize("inner", ["", "tessdata"])
def test_environment_variable_names_the_folder(tmp_path, monkeypatch, inner):
    """TESSDATA_PREFIX is honoured as the folder itself and as its parent."""
    folder = tmp_path / inner
    folder.mkdir(exist_ok=True)
    for name in ("eng", "tha"):
        (folder / f"{name}.traineddata").write_bytes(b"x")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_tessdata() == folder
