"""Tesseract in this process: models loaded once, Thai and English, one thread."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docmodel.errors import EngineError, EngineMissingError
from extractors.ocr.engine import GrayImage, OcrWord, PixelBox, ReadMode

LANGUAGES = "tha+eng"
"""Thai first: measured on plans, Thai then English has half the errors of either English first or Thai alone."""

_LANGUAGES_OF = {ReadMode.THAI_LINE: "tha+~eng", ReadMode.LATIN_LINE: "eng"}
"""The Thai model loads the English one by itself unless told not to."""

_PAGE_MODES = {
    ReadMode.BLOCK: "SINGLE_BLOCK",
    ReadMode.LINE: "SINGLE_LINE",
    ReadMode.LINE_AGAIN: "SINGLE_LINE",
}

_TESSDATA_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/home/linuxbrew/.linuxbrew/share/tessdata",
)
_SARA_AM_PARTS = re.compile(
    "(?:\N{THAI CHARACTER NIKHAHIT}([\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}]?)"
    "|([\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}])\N{THAI CHARACTER NIKHAHIT})"
    "\N{THAI CHARACTER SARA AA}"
)


def join_sara_am(text: str) -> str:
    """SARA AM as one character, its tone mark before it; Tesseract writes it in two.

    >>> join_sara_am("\\u0e17\\u0e4d\\u0e32 \\u0e19\\u0e49\\u0e4d\\u0e32") == "ทำ น้ำ"
    True
    """
    return _SARA_AM_PARTS.sub(
        lambda match: (match.group(1) or match.group(2) or "") + "\N{THAI CHARACTER SARA AM}", text
    )


def find_tessdata(tessdata_dir: Path | None = None) -> Path:
    """The folder with Tesseract's Thai and English models; raises EngineMissingError with what to install."""
    named = os.environ.get("TESSDATA_PREFIX")
    places = [tessdata_dir] if tessdata_dir is not None else []
    if named:
        places += [Path(named), Path(named) / "tessdata"]
    places += [Path(place) for place in _TESSDATA_PLACES]
    with_english = None
    for place in places:
        if (place / "eng.traineddata").is_file():
            if (place / "tha.traineddata").is_file():
                return place
            with_english = with_english or place
    if with_english is not None:
        raise EngineMissingError(
            "tesseract_thai_missing",
            th=f"มี Tesseract แต่ไม่มีข้อมูลภาษาไทย ติดตั้งด้วยคำสั่ง: {_install_command(thai_only=True)}",
            en=f"Tesseract has no Thai data. Install it with: {_install_command(thai_only=True)}",
        )
    raise EngineMissingError(
        "tesseract_missing",
        th=f"ไม่มี Tesseract สำหรับอ่านเอกสารสแกน ติดตั้งด้วยคำสั่ง: {_install_command(thai_only=False)}",
        en=f"Tesseract, which reads scanned pages, is not installed. Install it with: "
        f"{_install_command(thai_only=False)}",
    )


def _install_command(*, thai_only: bool) -> str:
    if sys.platform == "darwin":
        return "brew install tesseract-lang" if thai_only else "brew install tesseract tesseract-lang"
    packages = "tesseract-ocr-tha" if thai_only else "tesseract-ocr tesseract-ocr-tha"
    return f"sudo apt-get install -y {packages}"


def open_tesseract(tessdata_dir: Path | None = None) -> TesseractEngine:
    """Tesseract ready to read; raises EngineMissingError where the library or its Thai models are not there."""
    tessdata = find_tessdata(tessdata_dir)
    # the library reads this when it is loaded; more threads per process make a batch of processes slower
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr  # noqa: PLC0415 - digital files are read on machines without it
    except ImportError as error:
        raise EngineMissingError(
            "tesseract_missing",
            th="ไม่พบส่วนเชื่อมต่อ Tesseract ของ Python (tesserocr) ติดตั้งด้วยคำสั่ง: make setup",
            en="The Python binding of Tesseract (tesserocr) is not installed. Install it with: make setup",
        ) from error
    return TesseractEngine(tesserocr, tessdata)


class TesseractEngine:
    """An OcrEngine on Tesseract's library."""

    name = "tesseract"
    options = LANGUAGES

    def __init__(self, tesserocr: Any, tessdata: Path) -> None:
        self._tesserocr = tesserocr
        models = "+".join(str((tessdata / f"{name}.traineddata").stat().st_size) for name in LANGUAGES.split("+"))
        self.version = f"{tesserocr.tesseract_version().split()[1]} models {models}"
        self._tessdata = tessdata
        self._apis: dict[str, Any] = {}
        self._api_for(LANGUAGES)

    def _api_for(self, languages: str) -> Any:
        """The library with some models loaded, each set once."""
        if languages in self._apis:
            return self._apis[languages]
        try:
            api = self._tesserocr.PyTessBaseAPI(path=str(self._tessdata), lang=languages)
        except RuntimeError as error:
            raise EngineError(
                "tesseract_failed",
                th="เปิด Tesseract ไม่ได้ ข้อมูลภาษาอาจเสียหาย ให้ติดตั้ง tesseract-ocr-tha ใหม่",
                en="Tesseract does not start; its language data may be damaged. Install tesseract-ocr-tha again.",
            ) from error
        self._apis[languages] = api
        return api

    def read_words(self, image: GrayImage, mode: ReadMode) -> tuple[OcrWord, ...]:
        """The words of a picture, SARA AM joined."""
        height, width = image.shape
        api = self._api_for(_LANGUAGES_OF.get(mode, LANGUAGES))
        api.SetPageSegMode(getattr(self._tesserocr.PSM, _PAGE_MODES.get(mode, "RAW_LINE")))
        api.SetImageBytes(image.tobytes(), width, height, 1, width)
        if not api.Recognize():
            raise EngineError(
                "tesseract_failed",
                th="Tesseract อ่านภาพไม่สำเร็จ ให้ลองอ่านไฟล์นี้ใหม่",
                en="Tesseract failed on a picture. Try the file again.",
            )
        return tuple(self._words(api))

    def _words(self, api: Any) -> Iterator[OcrWord]:
        """Words between spaces: Tesseract gives Thai glyph by glyph, each a "word", which cuts SARA AM in two."""
        results = api.GetIterator()
        if results is None:
            return
        word_level, line_level = self._tesserocr.RIL.WORD, self._tesserocr.RIL.TEXTLINE
        line = -1
        pieces: list[_Piece] = []
        while True:
            if not results.Empty(word_level):
                starts_line = line < 0 or results.IsAtBeginningOf(line_level)
                if pieces and (starts_line or results.BlanksBeforeWord() > 0):
                    yield _word_of(pieces, line)
                    pieces = []
                if starts_line:
                    line += 1
                    line_box = results.BoundingBox(line_level)
                text = results.GetUTF8Text(word_level)
                box = results.BoundingBox(word_level)
                if text.strip() and box is not None and line_box is not None:
                    # the height of a Thai glyph is often wrong, its line's is not
                    pieces.append(
                        _Piece(
                            text=text,
                            left=box[0],
                            right=box[2],
                            top=max(box[1], line_box[1]),
                            bottom=min(box[3], line_box[3]),
                            confidence=results.Confidence(word_level) / 100,
                        )
                    )
            if not results.Next(word_level):
                break
        if pieces:
            yield _word_of(pieces, line)

    def close(self) -> None:
        """End the library and give back its models."""
        for api in self._apis.values():
            api.End()
        self._apis.clear()


class _Piece(NamedTuple):
    text: str
    left: int
    right: int
    top: int
    bottom: int
    confidence: float


def _word_of(pieces: list[_Piece], line: int) -> OcrWord:
    characters = sum(len(piece.text) for piece in pieces)
    confidence = sum(piece.confidence * len(piece.text) for piece in pieces) / characters
    return OcrWord(
        text=join_sara_am("".join(piece.text for piece in pieces)),
        bbox=PixelBox(
            min(piece.left for piece in pieces),
            min(piece.top for piece in pieces),
            max(piece.right for piece in pieces),
            max(piece.bottom for piece in pieces),
        ),
        # to the digits that a cache keeps, so that rows do not depend on whether there was one
        confidence=round(max(0.0, min(1.0, confidence)), 4),
        lowest=round(max(0.0, min(1.0, *(piece.confidence for piece in pieces))), 4),
        line=line,
    )
