"""The ways as files: Word files, LibreOffice's prints of them, a browser's prints, and scans; kept in ``.cache``."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from ctypes import c_float
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageFilter

from benchmarks.tables.browser import write_page
from benchmarks.tables.ways import Way
from benchmarks.tables.word import write_word

CACHE = Path(__file__).parents[2] / ".cache" / "benchmarks" / "tables"
_LISTER = shutil.which("fc-list")
_BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--disable-dev-shm-usage",
]


def find_browser() -> str | None:
    """A Chromium of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def find_office() -> str | None:
    """A LibreOffice of this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_thai_font() -> bool:
    """Whether prints of this machine can show Thai: without a font they hold boxes in its place."""
    listed = subprocess.run(["fc-list", ":lang=th"], capture_output=True, text=True, check=False) if _LISTER else None
    return listed is not None and bool(listed.stdout.strip())


def _refuse_boxes() -> None:
    if not has_thai_font():
        raise SystemExit("no Thai font on this machine: prints would hold boxes (Debian: fonts-thai-tlwg)")


def make_files(ways: Sequence[Way]) -> dict[tuple[str, str], Path]:
    """The file of each way and reader ("word", "office", "browser") that this machine can make."""
    CACHE.mkdir(parents=True, exist_ok=True)
    files: dict[tuple[str, str], Path] = {}
    to_print: list[Path] = []
    for way in ways:
        if "word" in way.readers or "office" in way.readers:
            word = _keep(write_word(way), ".docx")
            files[way.name, "word"] = word
            if "office" in way.readers and find_office():
                files[way.name, "office"] = _pdf_of(word, way)
                if not word.with_suffix(".pdf").exists():
                    to_print.append(word)
        if "browser" in way.readers and find_browser():
            page = _keep(write_page(way).encode(), ".html")
            files[way.name, "browser"] = _pdf_of(page, way)
            if not page.with_suffix(".pdf").exists():
                print_page(page)
    print_words(to_print)
    for way in ways:
        for reader in ("office", "browser"):
            pdf = files.get((way.name, reader))
            if pdf is not None and way.look.rotate and not pdf.exists():
                _turn(pdf.with_name(pdf.name.split("-")[0] + ".pdf"), pdf, way.look.rotate)
    return {key: path for key, path in files.items() if key[1] in _way_readers(ways, key[0])}


def _way_readers(ways: Sequence[Way], name: str) -> tuple[str, ...]:
    return next(way.readers for way in ways if way.name == name)


def _keep(data: bytes, suffix: str) -> Path:
    path = CACHE / f"{hashlib.sha256(data).hexdigest()[:20]}{suffix}"
    if not path.exists():
        path.write_bytes(data)
    return path


def _pdf_of(source: Path, way: Way) -> Path:
    return source.with_name(f"{source.stem}-{way.look.rotate}.pdf") if way.look.rotate else source.with_suffix(".pdf")


def print_words(words: Sequence[Path], *, at_once: int = 25) -> None:
    """Print Word files of one folder with LibreOffice, each beside its source."""
    if words:
        _refuse_boxes()
    for start in range(0, len(words), at_once):
        with tempfile.TemporaryDirectory() as folder:
            command = [str(find_office()), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
            command += ["--convert-to", "pdf", "--outdir", folder, *map(str, words[start : start + at_once])]
            subprocess.run(command, check=True, capture_output=True, timeout=550)
            for pdf in Path(folder).glob("*.pdf"):
                shutil.move(pdf, words[start].parent / pdf.name)


def print_page(page: Path) -> None:
    """Print a web page with Chromium, beside its source."""
    _refuse_boxes()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "page.pdf"
        command = [str(find_browser()), *_BROWSER_FLAGS, f"--user-data-dir={folder}/profile"]
        subprocess.run(
            [*command, f"--print-to-pdf={target}", page.as_uri()], check=True, capture_output=True, timeout=120
        )
        shutil.move(target, page.with_suffix(".pdf"))


def _turn(source: Path, target: Path, degrees: int) -> None:
    """Lay the content of each page on its side and turn the page back, as scanners and some printers write it."""
    document = pdfium.PdfDocument(source)
    for page in document:
        width, height = page.get_size()
        matrix, size = {
            90: ((0.0, 1.0, -1.0, 0.0, height, 0.0), (height, width)),
            270: ((0.0, -1.0, 1.0, 0.0, 0.0, width), (height, width)),
        }[degrees]
        clip = pdfium_c.FS_RECTF(left=c_float(0), bottom=c_float(0), right=c_float(size[0]), top=c_float(size[1]))
        pdfium_c.FPDFPage_TransFormWithClip(page.raw, pdfium_c.FS_MATRIX(*matrix), clip)
        page.set_mediabox(0, 0, *size)
        page.set_cropbox(0, 0, *size)
        page.set_rotation(degrees)
    document.save(str(target))
    document.close()


def make_scan(pdf: Path, *, dpi: int = 200) -> Path:
    """A scan of a print: slightly turned, a little blurred and noisy."""
    target = pdf.with_name(f"{pdf.stem}-scan{dpi}.pdf")
    if target.exists():
        return target
    random = np.random.default_rng(7)
    pages = []
    document = pdfium.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        picture = picture.rotate(float(random.uniform(-0.5, 0.5)), resample=Image.Resampling.BICUBIC, fillcolor=255)
        picture = picture.filter(ImageFilter.GaussianBlur(0.5))
        pixels = np.asarray(picture, dtype=np.float32) + random.normal(0, 5, (picture.height, picture.width))
        pages.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    document.close()
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=dpi, quality=60)
    return target
