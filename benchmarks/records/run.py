"""Records of plans in many layouts against their truth: F1 and fields per plan, format and dataset.

``python -m benchmarks.records [PLAN…] [--scan] [--show]``: PLAN is a part of a plan's name. Each plan is read as a
Word file, as LibreOffice's print of it, as a browser's print, and with ``--scan`` as a scan by OCR. ``--show`` prints
what was missed, made up or wrong.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.records.markup import RecordPlan, read_plan
from benchmarks.records.scoring import Score, score_records
from benchmarks.records.writing import write_page, write_word
from benchmarks.tables.printing import find_browser, find_office, make_scan, print_page, print_words
from pipeline.options import OcrMode, Options
from pipeline.process import tell_story
from pipeline.schema import load_schema
from pipeline.sources import read_source

PLANS = Path(__file__).parent / "plans"
CACHE = Path(__file__).parents[2] / ".cache" / "benchmarks" / "records"
FORMATS = ("word", "office", "browser", "scan")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="benchmarks.records", description=__doc__)
    parser.add_argument("plans", nargs="*")
    parser.add_argument("--folder", type=Path, default=PLANS)
    parser.add_argument("--formats", default="word,office,browser")
    parser.add_argument("--scan", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args(arguments)
    wanted = [*options.formats.split(","), *(["scan"] if options.scan else [])]
    plans = [
        read_plan(path)
        for path in sorted(options.folder.glob("*.plan"))
        if not options.plans or any(part in path.stem for part in options.plans)
    ]
    totals: dict[str, dict[str, Score]] = {}
    for plan in plans:
        for name, path in make_files(plan, wanted).items():
            scores = score_plan(plan, path, OcrMode.ALWAYS if name == "scan" else OcrMode.NEVER)
            _print_plan(plan, name, scores, show=options.show)
            for dataset, score in scores.items():
                total = totals.setdefault(name, {}).setdefault(dataset, Score())
                total.right, total.found = total.right + score.right, total.found + score.found
                total.wanted, total.fields = total.wanted + score.wanted, total.fields + score.fields
    _print_totals(totals)


def make_files(plan: RecordPlan, formats: Sequence[str]) -> dict[str, Path]:
    """The files of a plan that are asked for and can be made here, kept by their content."""
    CACHE.mkdir(parents=True, exist_ok=True)
    fresh = CACHE / f"{plan.name}.docx"
    write_word(plan, fresh)
    word = fresh.rename(CACHE / f"{plan.name}-{_digest(fresh.read_bytes())}.docx")
    files = {"word": word}
    if find_office() and {"office", "scan"} & set(formats):
        if not word.with_suffix(".pdf").exists():
            print_words([word])
        files["office"] = word.with_suffix(".pdf")
    if find_browser() and "browser" in formats:
        content = write_page(plan).encode()
        page = CACHE / f"{plan.name}-{_digest(content)}.html"
        if not page.with_suffix(".pdf").exists():
            page.write_bytes(content)
            print_page(page)
        files["browser"] = page.with_suffix(".pdf")
    if "scan" in formats and "office" in files:
        files["scan"] = make_scan(files["office"])
    return {name: path for name, path in files.items() if name in formats}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def score_plan(plan: RecordPlan, path: Path, ocr: OcrMode) -> dict[str, Score]:
    """The scores of the datasets that the plan has a truth for."""
    options = Options(ocr=ocr)
    story = tell_story(read_source(path, path.name), options, load_schema(options.schema_id))
    found = {
        name: [dataclasses.asdict(row) for row in getattr(story.records, name)] if story.records else []
        for name in plan.truth
    }
    return {name: score_records(name, truth, found[name]) for name, truth in plan.truth.items()}


def _print_plan(plan: RecordPlan, name: str, scores: dict[str, Score], *, show: bool) -> None:
    shown = {dataset.split("_")[0][:9]: score for dataset, score in scores.items()}
    line = "  ".join(f"{short} {score.f1:.2f}/{score.field_share:.2f}" for short, score in shown.items())
    print(f"{plan.name:28} {name:8} {_macro(scores):.3f}  {line}")
    for dataset, score in scores.items() if show else ():
        for wrong in score.wrong:
            print(f"      {dataset:22} {wrong}")


def _print_totals(totals: dict[str, dict[str, Score]]) -> None:
    for name, scores in totals.items():
        print(f"\n{name}: macro F1 {_macro(scores):.3f}")
        for dataset, score in sorted(scores.items(), key=lambda pair: pair[1].f1):
            right = {column: score.fields[column, True] for (column, ok) in score.fields if not ok}
            fields = ", ".join(f"{c} {n}/{n + score.fields[c, False]}" for c, n in sorted(right.items()))
            line = f"F1 {score.f1:.3f}  fields {score.field_share:.3f}  ({score.wanted} records)  {fields}"
            print(f"  {dataset:24} {line}")


def _macro(scores: dict[str, Score]) -> float:
    return statistics.fmean(score.f1 for score in scores.values()) if scores else 1.0


if __name__ == "__main__":
    main()
