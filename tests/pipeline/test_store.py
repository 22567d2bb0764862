"""Results kept between runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from docmodel.document import SourceFile
from pipeline import store as store_module
from pipeline.datasets.bundle import write_bundle
from pipeline.options import OcrMode, Options
from pipeline.store import ResultStore, find_key
from pipeline.summary import DocumentSummary

SOURCE = SourceFile(source_path="ก/แผน.pdf", path=Path("x"), size_bytes=1, sha256="ab" * 32)
OPTIONS = Options()


def keep(store: ResultStore, **changes: object) -> None:
    summary = replace(DocumentSummary(source_path="ก/แผน.pdf", document_id="1", status="ok"), **changes)  # type: ignore[arg-type]
    write_bundle(store.bundle_path(SOURCE, OPTIONS), {}, summary.as_dict())


def test_a_kept_result_is_found_and_says_that_it_was_kept(tmp_path: Path) -> None:
    """The summary comes back as it was, marked."""
    store = ResultStore(folder=tmp_path)
    assert store.find(SOURCE, OPTIONS) is None
    keep(store, agency_name="เทศบาลตำบลสมมติ")
    found = store.find(SOURCE, OPTIONS)
    assert found is not None
    assert (found.agency_name, found.kept) == ("เทศบาลตำบลสมมติ", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "failed", "error_code": "internal_error"},
        {"status": "failed", "error_code": "libreoffice_missing"},
        {"status": "partial", "error_code": "tesseract_missing"},
        {"status": "ok", "issues": {"tesseract_failed": 2}},
    ],
)
def test_a_failure_that_may_be_gone_is_tried_again(tmp_path: Path, changes: dict[str, object]) -> None:
    """A part may have been installed since, memory may be free again."""
    store = ResultStore(folder=tmp_path)
    keep(store, **changes)
    assert store.find(SOURCE, OPTIONS) is None


def test_a_failure_of_the_file_itself_is_kept(tmp_path: Path) -> None:
    """The same bytes with a password will not open at the next run either."""
    store = ResultStore(folder=tmp_path)
    keep(store, status="failed", error_code="pdf_encrypted")
    assert store.find(SOURCE, OPTIONS) is not None


def test_whatever_can_change_the_rows_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Content, path, settings, engines, version and code; not the place of the cache or the time limit."""
    key = find_key(SOURCE, OPTIONS, "e")
    others = [
        find_key(replace(SOURCE, sha256="cd" * 32), OPTIONS, "e"),
        find_key(replace(SOURCE, source_path="ข.pdf"), OPTIONS, "e"),
        find_key(SOURCE, replace(OPTIONS, ocr=OcrMode.NEVER), "e"),
        find_key(SOURCE, replace(OPTIONS, ocr_dpi=300), "e"),
        find_key(SOURCE, OPTIONS, "other engine"),
    ]
    same = find_key(SOURCE, replace(OPTIONS, cache_dir=Path("y"), timeout_s=1.0), "e")
    monkeypatch.setattr(store_module, "code_fingerprint", lambda: "changed")
    others.append(find_key(SOURCE, OPTIONS, "e"))
    monkeypatch.setattr(store_module, "pipeline_version", lambda: "99")
    others.append(find_key(SOURCE, OPTIONS, "e"))
    assert len({key, *others}) == len(others) + 1
    assert same == key


def test_results_of_removed_files_go(tmp_path: Path) -> None:
    """Only what belongs to the run stays."""
    store = ResultStore(folder=tmp_path)
    keep(store)
    (tmp_path / "old.arrow").write_bytes(b"old")
    assert store.remove_others({store.bundle_path(SOURCE, OPTIONS)}) == 1
    assert [path.name for path in tmp_path.iterdir()] == [store.bundle_path(SOURCE, OPTIONS).name]
