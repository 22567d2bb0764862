"""Verdicts on plans in wordings and layouts of their own: ``python -m benchmarks.verdicts``.

Prints, per plan, the statuses that are right, and what is wrong; the look-alikes that were taken for plans and the
plans that were refused. With ``--ablate`` every element of every plan is taken out in turn: the status that must change
has to change, and no other. ``--pdf`` prints each plan to PDF first (needs LibreOffice); ``--only`` takes part of them.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.verdicts.plan_markup import (
    UNFILLED,
    MarkedPlan,
    expected_statuses,
    read_plan,
    without_element,
    write_docx,
)
from docmodel.document import SourceFile
from pipeline.options import OcrMode, Options
from pipeline.process import tell_story
from pipeline.schema import load_schema
from tests.documents.plans.kit import print_to_pdf

PLANS = Path(__file__).parent / "plans"
NOT_ABLATED = {"2.8.contacts", "3.interagency", "3.pandemic"}  # follow from several places at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the pipeline made of one document."""

    document_class: str
    agency_name: str | None
    agency_type: str | None
    statuses: dict[str, str]


def read_back(plan: MarkedPlan, folder: Path, *, as_pdf: bool) -> Reading:
    """Lay a plan out, run the pipeline on it and give what it says."""
    path = folder / f"{plan.name}.docx"
    write_docx(plan, path)
    if as_pdf:
        print_to_pdf(path, path.with_suffix(".pdf"))
        path = path.with_suffix(".pdf")
    content = path.read_bytes()
    source = SourceFile(
        source_path=f"plan{path.suffix}", path=path, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    options = Options(ocr=OcrMode.NEVER)
    story = tell_story(source, options, load_schema(options.schema_id))
    return Reading(
        document_class=story.identity.document_class.value,
        agency_name=story.identity.agency_name,
        agency_type=story.identity.agency_type.value if story.identity.agency_type else None,
        statuses={row.element_id: row.status.value for row in story.components},
    )


def differences(expected: dict[str, str], found: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    """Element to (truth, found) where they differ."""
    return {
        element: (status, found.get(element)) for element, status in expected.items() if found.get(element) != status
    }


def ablations(plan: MarkedPlan) -> Iterator[tuple[str, MarkedPlan]]:
    """Each element of the plan that can be taken out, with the plan that is left."""
    tags = {tag.removeprefix(UNFILLED) for tag in plan.tags()}
    for element in sorted(tags | {tag.rsplit(".", 1)[0] for tag in tags if tag.startswith("2.")}):
        if element not in NOT_ABLATED:
            yield element, without_element(plan, element)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdf", action="store_true", help="read each plan as PDF instead of Word")
    parser.add_argument("--ablate", action="store_true", help="take every element out in turn")
    parser.add_argument("--only", default="", help="only plans whose name holds this")
    args = parser.parse_args()
    plans = [read_plan(path) for path in sorted(PLANS.glob("*.plan")) if args.only in path.stem]
    right = total = changed = must_change = strayed = 0
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for plan in plans:
            reading = read_back(plan, folder, as_pdf=args.pdf)
            expected = expected_statuses(plan)
            wrong = differences(expected, reading.statuses)
            right, total = right + len(expected) - len(wrong), total + len(expected)
            expected_class = plan.facts.get("class", "bcp_plan")
            class_note = (
                "" if reading.document_class in expected_class.split("|") else f"  CLASS {reading.document_class}"
            )
            agency_ok = reading.agency_name == plan.facts["agency_name"]
            type_ok = plan.facts.get("agency_type") in (None, reading.agency_type)
            print(
                f"{plan.name:40} {len(expected) - len(wrong):3}/{len(expected):<3}{class_note}"
                f"{'' if agency_ok else '  AGENCY ' + str(reading.agency_name)}"
                f"{'' if type_ok else '  TYPE ' + str(reading.agency_type)}"
            )
            for element, (truth, found) in wrong.items():
                print(f"    {element:24} is {truth}, found {found}")
            if not args.ablate or not plan.is_plan:
                continue
            for element, rest in ablations(plan):
                after = read_back(rest, folder, as_pdf=args.pdf).statuses
                truth_after = expected_statuses(rest)
                for name, status in truth_after.items():
                    should_change = status != expected.get(name)
                    did_change = after.get(name) != reading.statuses.get(name)
                    must_change += should_change
                    changed += should_change and after.get(name) == status
                    strayed += did_change and not should_change
                    if (should_change and after.get(name) != status) or (did_change and not should_change):
                        print(f"    without {element:22} {name:24} is {status}, found {after.get(name)}")
    print(f"\nstatuses right {right}/{total} = {right / max(1, total):.3f}")
    if args.ablate:
        print(f"must change and did {changed}/{must_change} = {changed / max(1, must_change):.3f}; strayed {strayed}")


if __name__ == "__main__":
    main()
