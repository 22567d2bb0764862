"""Verdicts on plans in wordings and layouts of their own: ``python -m benchmarks.verdicts``.

Prints, per plan, the statuses that are right, and what is wrong; the look-alikes that were taken for plans and the
plans that were refused. ``--pdf`` prints each plan to PDF first (needs LibreOffice); ``--only`` takes part of them.
Taking parts out is ``benchmarks.verdicts.ablation``; how much a confidence means, ``benchmarks.mapping.calibration``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.verdicts.plan_markup import expected_statuses, read_plan
from benchmarks.verdicts.reading import PLANS, read_back


def differences(expected: dict[str, str], found: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    """Element to (truth, found) where they differ."""
    return {
        element: (status, found.get(element)) for element, status in expected.items() if found.get(element) != status
    }


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdf", action="store_true", help="read each plan as PDF instead of Word")
    parser.add_argument("--only", default="", help="only plans whose name begins with one of these, with commas")
    args = parser.parse_args()
    plans = [read_plan(path) for path in sorted(PLANS.glob("*.plan"))]
    right = total = classes = names = 0
    plans = [plan for plan in plans if plan.name.startswith(tuple(args.only.split(",")))]
    with TemporaryDirectory() as scratch:
        for plan in plans:
            reading = read_back(plan, Path(scratch), as_pdf=args.pdf)
            expected = expected_statuses(plan)
            wrong = differences(expected, reading.statuses)
            right, total = right + len(expected) - len(wrong), total + len(expected)
            class_ok = reading.document_class in plan.facts.get("class", "bcp_plan").split("|")
            agency_ok = reading.agency_name == plan.facts["agency_name"]
            type_ok = plan.facts.get("agency_type") in (None, reading.agency_type)
            classes, names = classes + class_ok, names + (agency_ok and type_ok)
            print(
                f"{plan.name:40} {len(expected) - len(wrong):3}/{len(expected):<3}"
                f"{'' if class_ok else '  CLASS ' + reading.document_class}"
                f"{'' if agency_ok else '  AGENCY ' + str(reading.agency_name)}"
                f"{'' if type_ok else '  TYPE ' + str(reading.agency_type)}"
            )
            for element, (truth, found) in wrong.items():
                print(f"    {element:24} is {truth}, found {found}")
    print(f"\nstatuses right {right}/{total} = {right / max(1, total):.3f}")
    print(f"class right {classes}/{len(plans)}, agency and its type right {names}/{len(plans)}")


if __name__ == "__main__":
    main()
