"""How much a "missing" means: ``python -m benchmarks.mapping.missing``.

``missing.csv`` holds the "missing" verdicts on our own plans, whole and with parts taken out, read with all words and
with part of the words forgotten (see ``unknown_words``; ``--read`` makes it anew in some five minutes). The model in
``calibration.yaml`` is a logistic of the signs of doubt, one half of its weight from plans in known words and one half
from the others: agencies send both. The tables below are of plans that their fit never saw, one left out at a time;
``blind/`` holds plans in wordings of their own that nothing was ever fitted to.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.mapping.calibration import print_table
from benchmarks.mapping.unknown_words import read_all
from benchmarks.verdicts.reading import PLANS
from pipeline.assess.doubt import DOUBTFUL
from pipeline.assess.verdict import ABSENT_CONFIDENCE
from pipeline.schema import DEFAULT_SCHEMA_ID, load_schema, schema_folder
from pipeline.schema_files.calibration import DoubtSign, MissingModel, interpolate

READINGS = Path(__file__).parent / "missing.csv"
BLIND = Path(__file__).parent / "blind"
SHARES: Final = (0.0, 0.3, 0.5, 0.7, 0.85)
CUTS: Final = 2
SIGNS: Final = tuple(DoubtSign)
# Pulls weights that the plans say little of towards nothing.
RIDGE: Final = 1.0
STEPS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Equal "missing" verdicts on one plan: their signs, how many there are and how many are right."""

    plan: str
    forgotten: float
    signs: tuple[float, ...]
    count: int
    right: int


def collect(folder: Path, shares: Sequence[float], cuts: int) -> list[Missing]:
    """Read all plans of a folder with each share of the words forgotten."""
    counts: Counter[tuple[str, float, tuple[float, ...]]] = Counter()
    right: Counter[tuple[str, float, tuple[float, ...]]] = Counter()
    for seed, share in enumerate(shares):
        for one in read_all(share, seed, cuts, folder):
            if one.status == "missing":
                key = (one.plan, share, tuple(round(one.signs[sign.value], 3) for sign in SIGNS))
                counts[key] += 1
                right[key] += one.truth == one.status
    return [
        Missing(plan=key[0], forgotten=key[1], signs=key[2], count=count, right=right[key])
        for key, count in sorted(counts.items())
    ]


def write_readings(found: Iterable[Missing]) -> None:
    """Keep what was read."""
    with READINGS.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["plan", "forgotten", *(sign.value for sign in SIGNS), "verdicts", "right"])
        writer.writerows([one.plan, one.forgotten, *one.signs, one.count, one.right] for one in found)


def read_readings() -> list[Missing]:
    """What was read and kept."""
    with READINGS.open(encoding="utf-8", newline="") as stream:
        return [
            Missing(
                plan=row["plan"],
                forgotten=float(row["forgotten"]),
                signs=tuple(float(row[sign.value]) for sign in SIGNS),
                count=int(row["verdicts"]),
                right=int(row["right"]),
            )
            for row in csv.DictReader(stream)
        ]


def fit(found: Sequence[Missing]) -> MissingModel:
    """The logistic that fits best; a sign that would speak against doubt is left out."""
    known = sum(one.count for one in found if not one.forgotten)
    other = sum(one.count for one in found if one.forgotten)
    total = (known + other) / 2
    scale = np.array([total / (other if one.forgotten else known) for one in found])
    count = np.array([one.count for one in found]) * scale
    right = np.array([one.right for one in found]) * scale
    signs = np.array([one.signs for one in found])
    kept = list(range(len(SIGNS)))
    while True:
        weights = _logistic(signs[:, kept], count, right)
        wrong = [index for index, weight in zip(kept, weights[:-1], strict=True) if weight > 0]
        if not wrong:
            break
        kept = [index for index in kept if index not in wrong]
    return MissingModel(
        constant=round(float(weights[-1]), 3),
        weights={SIGNS[index]: round(float(weight), 3) for index, weight in zip(kept, weights[:-1], strict=True)},
    )


def _logistic(
    signs: NDArray[np.float64], count: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Newton's method; the constant comes last and is not pulled."""
    table = np.c_[signs, np.ones(len(signs))]
    ridge = np.diag([RIDGE] * signs.shape[1] + [0.0])
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - count * share) - ridge @ weights
        weights += np.linalg.solve((table * (count * share * (1 - share))[:, None]).T @ table + ridge, slope)
    return weights


def worth(model: MissingModel, one: Missing) -> float:
    """What the model gives some verdicts."""
    return model.worth(dict(zip(SIGNS, one.signs, strict=True)))


def left_out(found: Sequence[Missing]) -> list[tuple[Missing, float]]:
    """Each verdict with what a fit to all other plans makes of it."""
    pairs = []
    for plan in sorted({one.plan for one in found}):
        model = fit([one for one in found if one.plan != plan])
        pairs += [(one, worth(model, one)) for one in found if one.plan == plan]
    return pairs


def before(one: Missing) -> float:
    """What the points of ``open`` say, which know no sign but the rules' own confidence."""
    points = load_schema(DEFAULT_SCHEMA_ID).calibration.open
    return interpolate(points, ABSENT_CONFIDENCE - one.signs[SIGNS.index(DoubtSign.NEAR)])


def print_tables(found: Sequence[Missing]) -> None:
    """The reliability of "missing" before and after, on known words, on others, and told as certain or as a doubt."""
    pairs = left_out(found)
    for name, unknown in (("all words known", False), ("part of the words forgotten", True)):
        part = [(one, value) for one, value in pairs if bool(one.forgotten) is unknown]
        print(f'"missing", {name}: by the rules\' confidence alone')
        print_table((before(one), one.count, one.right) for one, _ in part)
        print("the same, by the signs of doubt (each plan by a fit to the others)")
        print_table((value, one.count, one.right) for one, value in part)
        print_told(part)


def print_told(pairs: Sequence[tuple[Missing, float]]) -> None:
    """How many wrong "missing" are told to an agency as certain, and how many right ones as a question."""
    wrong = sum(one.count - one.right for one, _ in pairs)
    right = sum(one.right for one, _ in pairs)
    told = sum(one.count - one.right for one, value in pairs if value >= DOUBTFUL)
    asked = sum(one.right for one, value in pairs if value < DOUBTFUL)
    print(f"wrong and told as certain {told} of {wrong}; right and told as a doubt {asked} of {right}\n")


def write_model(model: MissingModel) -> None:
    """Put the model in the place of the one in ``calibration.yaml``."""
    path = schema_folder(DEFAULT_SCHEMA_ID) / "calibration.yaml"
    head = path.read_text(encoding="utf-8").partition("missing:\n")[0]
    lines = ["missing:", f"  constant: {model.constant}", "  weights:"]
    lines += [f"    {sign.value}: {weight}" for sign, weight in model.weights.items()]
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", action="store_true", help="read all plans anew")
    parser.add_argument("--fit", action="store_true", help="make the model anew")
    args = parser.parse_args()
    if args.read:
        write_readings(collect(PLANS, SHARES, CUTS))
    found = read_readings()
    if args.fit:
        write_model(fit(found))
    print_tables(found)
    model = load_schema(DEFAULT_SCHEMA_ID).calibration.missing
    if model is None:
        return
    print("blind plans, as shipped")
    blind = [(one, worth(model, one)) for one in collect(BLIND, (0.0,), 0)]
    print_table((value, one.count, one.right) for one, value in blind)
    print_told(blind)


if __name__ == "__main__":
    main()
