"""Whole plans against all that is true of them: identity, statuses, discrepancies and records, per plan and form.

``python -m benchmarks.plans [PLAN…] [--scan] [--show]``: PLAN is a part of a plan's name. Each plan is read as a Word
file, as LibreOffice's and a browser's print of it, and with ``--scan`` as a scan of 200 dpi. ``--show`` prints what is
wrong.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.plans.laying import write_page, write_word
from benchmarks.plans.plan import DATA, Plan, read_plan
from benchmarks.records.scoring import Score, score_records
from benchmarks.tables.printing import find_browser, find_office, make_scan, print_page, print_words
from pipeline.options import OcrMode, Options
from pipeline.process import tell_story
from pipeline.schema import load_schema
from pipeline.sources import read_source

CACHE = Path(__file__).parents[2] / ".cache" / "benchmarks" / "plans"
_NAME_LIKENESS = 90.0
_MISSING = "missing"
_PRESENT = "present"


@dataclasses.dataclass(slots=True)
class Tally:
    """Counts over documents, and what was wrong."""

    counts: Counter[str] = dataclasses.field(default_factory=Counter)
    records: Score = dataclasses.field(default_factory=Score)
    wrong: list[str] = dataclasses.field(default_factory=list)

    def line(self) -> str:
        """The figures on one line."""
        n, identity = self.counts, self.counts["identity"] / max(1, self.counts["identities"])
        statuses = n["right"] / max(1, n["statuses"])
        return (
            f"identity {identity:.3f}  statuses {statuses:.3f}  false missing {n['false_missing']}  false present "
            f"{n['false_present']}  discrepancies {n['flagged']}/{n['to_flag']} (+{n['flagged_wrongly']})  "
            f"records {self.records.f1:.3f}  fields {self.records.field_share:.3f}"
        )

    def add(self, other: Tally) -> None:
        """Add another's counts."""
        self.counts += other.counts
        self.records.right += other.records.right
        self.records.found += other.records.found
        self.records.wanted += other.records.wanted
        self.records.fields += other.records.fields


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="benchmarks.plans", description=__doc__)
    parser.add_argument("plans", nargs="*")
    parser.add_argument("--scan", action="store_true")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args(arguments)
    totals: dict[str, Tally] = {}
    for path in sorted(DATA.glob("*.json")):
        if options.plans and not any(part in path.stem for part in options.plans):
            continue
        plan = read_plan(path)
        for form, file in make_files(plan, scan=options.scan).items():
            tally = score_plan(plan, file, OcrMode.ALWAYS if form == "scan" else OcrMode.AUTO)
            print(f"{plan.name:36} {form:8} {tally.line()}", flush=True)
            for wrong in tally.wrong if options.show else ():
                print("      " + wrong)
            totals.setdefault(form, Tally()).add(tally)
    print()
    for form, total in totals.items():
        print(f"{'all':36} {form:8} {total.line()}")


def make_files(plan: Plan, *, scan: bool) -> dict[str, Path]:
    """The plan in each form that can be made here, kept by its content."""
    CACHE.mkdir(parents=True, exist_ok=True)
    fresh = CACHE / f"{plan.name}.docx"
    write_word(plan, fresh)
    word = fresh.rename(CACHE / f"{plan.name}-{hashlib.sha256(fresh.read_bytes()).hexdigest()[:12]}.docx")
    files = {"word": word}
    if find_office():
        if not word.with_suffix(".pdf").exists():
            print_words([word])
        files["office"] = word.with_suffix(".pdf")
        if scan:
            files["scan"] = make_scan(files["office"])
    if find_browser():
        content = write_page(plan).encode()
        page = CACHE / f"{plan.name}-{hashlib.sha256(content).hexdigest()[:12]}.html"
        if not page.with_suffix(".pdf").exists():
            page.write_bytes(content)
            print_page(page)
        files["browser"] = page.with_suffix(".pdf")
    return files


def score_plan(plan: Plan, path: Path, ocr: OcrMode) -> Tally:
    """What the pipeline makes of a file, held against the plan's truth."""
    options = Options(ocr=ocr)
    # The file's own name would give the plan away.
    story = tell_story(read_source(path, f"plan{path.suffix}"), options, load_schema(options.schema_id))
    tally = Tally()
    for column, right in plan.identity.items():
        found = getattr(story.identity, column)
        tally.counts["identities"] += 1
        if _fits(column, right, found):
            tally.counts["identity"] += 1
        else:
            tally.wrong.append(f"{column} is {right}, found {found!r}")
    rows = {row.element_id: row for row in story.components}
    for element, statuses in plan.statuses.items():
        status = rows[element].status.value if element in rows else None
        tally.counts["statuses"] += 1
        tally.counts["right"] += status in statuses
        tally.counts["false_missing"] += status == _MISSING and _MISSING not in statuses
        tally.counts["false_present"] += status == _PRESENT and _PRESENT not in statuses
        if status not in statuses:
            tally.wrong.append(f"{element} is {' or '.join(statuses)}, found {status}")
    flagged = {element for element, row in rows.items() if row.discrepancy}
    tally.counts["to_flag"] += len(plan.discrepancies)
    tally.counts["flagged"] += len(plan.discrepancies & flagged)
    tally.counts["flagged_wrongly"] += len(flagged - plan.discrepancies - plan.discrepancies_allowed)
    for name, truth in plan.records.items():
        found_rows = [dataclasses.asdict(row) for row in getattr(story.records, name)] if story.records else []
        score = score_records(name, truth, found_rows)
        tally.add(Tally(records=score))
        tally.wrong += [f"{name:22} {wrong}" for wrong in score.wrong]
    return tally


def _fits(column: str, right: tuple[object, ...], found: object) -> bool:
    if column == "agency_name":
        return any(fuzz.ratio(str(one), str(found)) >= _NAME_LIKENESS for one in right)
    return any(one == getattr(found, "value", found) for one in right)


if __name__ == "__main__":
    main()
