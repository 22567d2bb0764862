"""How much a confidence means: ``python -m benchmarks.mapping.calibration``.

``readings.csv`` holds what the verdicts on plans of our own were worth, whole and with parts taken out, in equal
shares of two kinds: plans in unusual words, read when the rules met them for the first time (``first``), and plans in
the words of the form that the rules know (``known``). Agencies send both. ``--fit`` writes the calibration made from
all of them to ``schema/<id>/calibration.yaml``. The reliability table is measured on plans that its fit never saw:
those with even numbers by a fit to those with odd ones, and the other way round.

``--now`` also reads all plans with today's rules and prints what the shipped calibration makes of their verdicts, by
status: an upper limit, since rules and calibration know these plans. The points of ``open`` hold for what is partial.
A "missing" is weighed by the model of doubt, which ``benchmarks.mapping.missing`` measures on plans that its fit never
saw and on words that are not known.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.verdicts.plan_markup import expected_statuses, read_plan, write_docx
from benchmarks.verdicts.reading import PLANS, read_file
from pipeline.schema import DEFAULT_SCHEMA_ID, schema_folder
from pipeline.schema_files.calibration import Calibration, interpolate

READINGS = Path(__file__).parent / "readings.csv"
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
# What a verdict is trusted before anything is measured: so many verdicts at its own confidence stand in every bin.
PRIOR = 20
MIN_BIN = 60
MAX_BINS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Verdicts of one confidence on one plan: found or left open, how many there are, how many are right."""

    plan: int
    present: bool
    confidence: float
    count: int
    right: int


def read_readings() -> list[Judged]:
    """The readings that the calibration is made from."""
    with READINGS.open(encoding="utf-8", newline="") as stream:
        return [
            Judged(
                plan=int(row["plan"]),
                present=row["verdict"] == "present",
                confidence=float(row["confidence"]),
                count=int(row["verdicts"]),
                right=int(row["right"]),
            )
            for row in csv.DictReader(stream)
        ]


def read_now() -> dict[str, list[tuple[float, int, int]]]:
    """What is shipped says of every plan: by status, pairs of a confidence and whether the verdict is right."""
    found: dict[str, list[tuple[float, int, int]]] = {"present": [], "partial": [], "missing": []}
    with TemporaryDirectory() as scratch:
        for path in sorted(PLANS.glob("*.plan")):
            plan = read_plan(path)
            if not plan.is_plan:
                continue
            write_docx(plan, file := Path(scratch) / "plan.docx")
            reading = read_file(file)
            for element, truth in expected_statuses(plan).items():
                status = reading.statuses.get(element, "")
                if status in found:
                    found[status].append((reading.confidences[element], 1, int(status == truth)))
    return found


def fit(verdicts: Sequence[Judged]) -> list[tuple[float, float]]:
    """Points (confidence, share right): bins of equal size with the prior, made to rise (pool adjacent violators)."""
    ordered = sorted(verdicts, key=lambda verdict: verdict.confidence)
    size = max(MIN_BIN, sum(verdict.count for verdict in ordered) // MAX_BINS)
    bins: list[list[Judged]] = [[]]
    for verdict in ordered:
        full = sum(one.count for one in bins[-1]) >= size
        if full and bins[-1][-1].confidence != verdict.confidence:
            bins.append([])
        bins[-1].append(verdict)
    pooled: list[list[float]] = []
    for part in bins:
        count = sum(one.count for one in part)
        confidence = sum(one.confidence * one.count for one in part)
        right = sum(one.right for one in part) + PRIOR * confidence / count
        pooled.append([confidence, count, right, count + PRIOR])
        while len(pooled) > 1 and pooled[-2][2] / pooled[-2][3] >= pooled[-1][2] / pooled[-1][3]:
            last = pooled.pop()
            pooled[-1] = [one + other for one, other in zip(pooled[-1], last, strict=True)]
    return [(round(confidence / count, 3), round(right / total, 3)) for confidence, count, right, total in pooled]


def print_table(verdicts: Iterable[tuple[float, int, int]]) -> None:
    """The reliability table of (confidence, verdicts, right ones), with its calibration error and Brier score."""
    rows = list(verdicts)
    total = sum(count for _, count, _ in rows)
    error = brier = 0.0
    print(f"{'confidence':12} {'verdicts':>8} {'mean':>6} {'right':>6}")
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row[0] < high]
        if not inside:
            continue
        count = sum(number for _, number, _ in inside)
        mean = sum(value * number for value, number, _ in inside) / count
        right = sum(good for _, _, good in inside) / count
        error += abs(mean - right) * count / total
        print(f"{low:.2f} - {min(high, 1.0):.2f}  {count:8} {mean:6.3f} {right:6.3f}")
    for value, number, good in rows:
        brier += (good * (1 - value) ** 2 + (number - good) * value**2) / total
    print(f"expected calibration error {error:.3f}   Brier score {brier:.3f}\n")


def make_calibration(verdicts: Sequence[Judged]) -> Calibration:
    """The points for verdicts that found the element and for those that left it open."""
    present, left = ([verdict for verdict in verdicts if verdict.present is found] for found in (True, False))
    return Calibration(present=tuple(fit(present)), open=tuple(fit(left)))


def write_calibration(verdicts: Sequence[Judged], path: Path) -> None:
    """Write the calibration made from some verdicts as data."""
    made = make_calibration(verdicts)
    _, mark, model = path.read_text(encoding="utf-8").partition("missing:\n")  # benchmarks.mapping.missing makes it
    lines = [
        "# What a verdict's confidence is worth: the rules' own confidence and the share of such verdicts that was",
        "# right. Made by `python -m benchmarks.mapping.calibration --fit`, which also prints how well it holds on",
        "# plans that a fit never saw. `present` is for what was found, `open` for missing and partial.",
        f"schema: {DEFAULT_SCHEMA_ID}",
        f"verdicts: {sum(verdict.count for verdict in verdicts)}",
    ]
    for name, points in (("present", made.present), ("open", made.open)):
        lines += [f"{name}:", *(f"  - [{confidence}, {right}]" for confidence, right in points)]
    path.write_text("\n".join(lines) + "\n" + mark + model, encoding="utf-8")


def calibrated(calibration: Calibration, verdict: Judged) -> float:
    """What a calibration makes of a verdict's confidence."""
    points = calibration.present if verdict.present else calibration.open
    return interpolate(points, verdict.confidence) if points else verdict.confidence


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="make the calibration anew")
    parser.add_argument("--now", action="store_true", help="also read all plans with today's rules")
    args = parser.parse_args()
    verdicts = read_readings()
    path = schema_folder(DEFAULT_SCHEMA_ID) / "calibration.yaml"
    if args.fit:
        write_calibration(verdicts, path)
    halves = [[verdict for verdict in verdicts if verdict.plan % 2 == odd] for odd in (0, 1)]
    for name, found in (("found the element", True), ("left it open", False)):
        print(f"verdicts that {name}, as the rules give their confidence")
        print_table((one.confidence, one.count, one.right) for one in verdicts if one.present is found)
        print("the same, calibrated by the other half of the plans")
        print_table(
            (calibrated(make_calibration(other), one), one.count, one.right)
            for half, other in (halves, halves[::-1])
            for one in half
            if one.present is found
        )
    if args.now:
        for status, rows in read_now().items():
            print(f"all plans, today's rules, as shipped: {status}")
            print_table(rows)


if __name__ == "__main__":
    main()
