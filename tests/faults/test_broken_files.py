"""Broken files in a folder: each has its failed row with a code and a message, the good one beside them is read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.cli import main as bcp
from pipeline.datasets.rows import DATASETS

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
PDF_WITHOUT_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n96\n%%EOF\n"
)
ENCRYPTION = (
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -64/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
    b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<" + b"33" * 16 + b"><" + b"33" * 16 + b">]>>\n%%EOF\n"
)
ENCRYPTED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj\n"
    b"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" + ENCRYPTION
)
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """``documents`` of a run over a folder of broken files and a good one, by path."""
    folder = tmp_path_factory.mktemp("in")
    output = tmp_path_factory.mktemp("out")
    whole_pdf = next(SAMPLES.glob("02-*.pdf")).read_bytes()
    whole_docx = next(SAMPLES.glob("06-*.docx")).read_bytes()
    files = {
        "ว่าง.pdf": b"",
        "ว่าง.docx": b"",
        "ช่องว่าง.txt": b" \n\n",
        "ตัด.pdf": whole_pdf[: len(whole_pdf) // 3],
        "ตัด.docx": whole_docx[: len(whole_docx) // 2],
        "ตัด.doc": OLE_MAGIC + b"\x00" * 100,
        "ข้อความ.pdf": "ไม่พบหน้าที่ต้องการ".encode(),
        "สุ่ม.docx": bytes(range(256)) * 40,
        "ไม่มีหน้า.pdf": PDF_WITHOUT_PAGES,
        "รหัสผ่าน.pdf": ENCRYPTED_PDF,
        "ดี.docx": whole_docx,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert bcp(["extract", str(folder), "-o", str(output), "--workers", "2", "--quiet"]) == 2
    assert all((output / f"{name}.parquet").is_file() for name in DATASETS)
    return pd.read_parquet(output / "documents.parquet").set_index("source_path")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ว่าง.pdf", "empty_file"),
        ("ว่าง.docx", "empty_file"),
        ("ช่องว่าง.txt", "empty_file"),
        ("ตัด.pdf", "pdf_corrupt"),
        ("ตัด.docx", "docx_damaged"),
        ("ตัด.doc", "ole_damaged"),
        ("ข้อความ.pdf", "wrong_extension"),
        ("สุ่ม.docx", "unsupported_media_type"),
        ("ไม่มีหน้า.pdf", "pdf_no_pages"),
        ("รหัสผ่าน.pdf", "pdf_encrypted"),
    ],
)
def test_a_broken_file_has_its_row(documents: pd.DataFrame, name: str, code: str) -> None:
    """Failed, with a code and what to do in Thai and English."""
    row = documents.loc[name]
    assert row["status"] == "failed"
    assert row["error_code"] == code
    thai, _, english = row["error_message"].partition(" | ")
    assert any("ก" <= letter <= "๛" for letter in thai)
    assert english.isascii()
    assert row["document_id"] == row["sha256"][:16]


def test_the_good_file_is_read(documents: pd.DataFrame) -> None:
    """What stands beside broken files is not touched by them."""
    assert documents.loc["ดี.docx", "status"] == "ok"
    assert len(documents) == 11
