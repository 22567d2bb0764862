"""What is installed on this machine, in which version, and what each missing part disables."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from docmodel.errors import EngineMissingError

_PACKAGES = (
    ("pypdfium2", "อ่าน PDF", "reading PDF"),
    ("pdfplumber", "ตรวจทานตาราง PDF", "second opinion on PDF tables"),
    ("python-docx", "อ่าน Word", "reading Word files"),
    ("pillow", "อ่านภาพถ่ายหน้าเอกสาร", "reading photographs of pages"),
    ("python-oxmsg", "อ่านอีเมล Outlook (.msg)", "reading mails of Outlook (.msg)"),
    ("pebble", "แยกแต่ละไฟล์เป็นโปรเซสของตนเอง", "a process of its own for each file"),
    ("tesserocr", "OCR ภาพสแกน", "OCR of scanned pages"),
    ("opencv-python-headless", "วิเคราะห์ภาพสแกน", "pictures of scanned pages"),
    ("pythainlp", "คำภาษาไทย", "Thai words"),
    ("spacy", "ชื่อและหน่วยงาน", "names and agencies"),
    ("rapidfuzz", "จับคู่หัวข้อ", "matching headings"),
    ("pyarrow", "เขียนชุดข้อมูล", "writing the datasets"),
)
_MIN_PYTHON = (3, 11)
_COMMAND_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the installation. ``version`` is None where it is missing; ``install`` is the command that helps."""

    name: str
    version: str | None
    purpose_th: str
    purpose_en: str
    install: str
    required: bool = True


def examine_machine() -> tuple[Part, ...]:
    """All parts, the system's first."""
    return (_python(), _tesseract_data(), _libreoffice(), _libarchive(), *(_package(*entry) for entry in _PACKAGES))


def _python() -> Part:
    good = sys.version_info >= _MIN_PYTHON
    return Part(
        name="Python",
        version=platform.python_version() if good else None,
        purpose_th="โปรแกรมทั้งหมด",
        purpose_en="everything",
        install="sudo apt-get install -y python3 python3-venv",
    )


def _package(name: str, purpose_th: str, purpose_en: str) -> Part:
    try:
        found: str | None = version(name)
    except PackageNotFoundError:
        found = None
    return Part(name=name, version=found, purpose_th=purpose_th, purpose_en=purpose_en, install="make setup")


def _tesseract_data() -> Part:
    from extractors.ocr.tesseract import find_tessdata  # noqa: PLC0415  # brings numpy; the rest of doctor is light

    install = "sudo apt-get install -y tesseract-ocr tesseract-ocr-tha"
    if sys.platform == "darwin":
        install = "brew install tesseract tesseract-lang"
    try:
        found: str | None = f"tha, eng in {find_tessdata()}"
    except EngineMissingError:
        found = None
    return Part(
        name="Tesseract Thai data",
        version=found,
        purpose_th="อ่านหน้าสแกนและ PDF ที่ข้อความเสียหาย (ไม่มี: หน้าเหล่านี้อ่านไม่ได้ และข้อมูลจะระบุไว้)",
        purpose_en="scanned pages and PDFs with a broken text layer (without: not read, and the data say so)",
        install=install,
    )


def _libreoffice() -> Part:
    command = shutil.which("soffice") or shutil.which("libreoffice")
    return Part(
        name="LibreOffice",
        version=_run_version(command) if command else None,
        purpose_th="อ่านไฟล์ .doc .odt .rtf รุ่นเก่า (ไม่มี: ไฟล์เหล่านี้อ่านไม่ได้)",
        purpose_en="old .doc, .odt and .rtf files (without: such files are not read)",
        install="brew install --cask libreoffice"
        if sys.platform == "darwin"
        else "sudo apt-get install -y libreoffice-writer-nogui",
        required=False,
    )


def _libarchive() -> Part:
    from extractors.containers.archives import find_libarchive_version  # noqa: PLC0415  # only looked for here

    try:
        found: str | None = find_libarchive_version()
    except EngineMissingError:
        found = None
    return Part(
        name="libarchive",
        version=found,
        purpose_th="แตกไฟล์ .7z .rar .tar.gz (ไม่มี: ไฟล์เหล่านี้อ่านไม่ได้ ส่วน .zip ยังอ่านได้)",
        purpose_en=".7z, .rar and .tar.gz archives (without: such files are not read, .zip still is)",
        install="brew install libarchive" if sys.platform == "darwin" else "sudo apt-get install -y libarchive13",
        required=False,
    )


def _run_version(command: str) -> str | None:
    try:
        done = subprocess.run(
            [command, "--version"], capture_output=True, text=True, timeout=_COMMAND_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\d+(?:\.\d+)+", done.stdout)
    return found[0] if found else None
