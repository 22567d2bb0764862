"""What a confidence is worth: pairs of the rules' own confidence and the share of such verdicts that was right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Any, ClassVar

from pydantic import TypeAdapter

from pipeline.schema_files.yaml_file import Location, fail, line_of, parse_yaml, read_yaml

Points = tuple[tuple[float, float], ...]


class DoubtSign(StrEnum):
    """What makes a "missing" doubtful, as ``assess.doubt`` measures it, each from 0 to 1.

    places: n of n + 1 for n places that nothing explains. fitting, half: the largest share of what a rule of the
    element asks for that is said in those places, and anywhere in the plan. home: parts of its component are there.
    lacking: the share of required parts that were not found. likeness: how far the headings that were understood are
    only like known ones. near: what a near candidate takes from the rules' confidence. required: plans seldom leave
    out what they have to have. unsure: how little sure what was found is. unread: n of n + 3 for the most paragraphs of
    one understood section that prove nothing.
    """

    PLACES = "places"
    FITTING = "fitting"
    HALF = "half"
    HOME = "home"
    LACKING = "lacking"
    LIKENESS = "likeness"
    NEAR = "near"
    REQUIRED = "required"
    UNSURE = "unsure"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingModel:
    """How likely a "missing" is right: a logistic of the signs of doubt. No weight is above 0: doubt never helps."""

    constant: float
    weights: Mapping[DoubtSign, float]

    def worth(self, signs: Mapping[DoubtSign, float]) -> float:
        """The probability (0–1) that what was not found is not there."""
        total = self.constant + sum(weight * signs.get(sign, 0.0) for sign, weight in self.weights.items())
        return round(1 / (1 + exp(-total)), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Points for verdicts that found the element, and for those that left it open (missing or partial).

    ``missing`` weighs the signs of doubt for what a search did not find, in place of the points of ``open``.
    """

    present: Points = ()
    open: Points = ()
    missing: MissingModel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _CalibrationFile:
    """The whole of calibration.yaml. ``verdicts`` says how many verdicts of known truth it was made from."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    schema: str
    verdicts: int
    present: Points
    open: Points
    missing: MissingModel | None = None


def read_calibration(path: Path) -> Calibration:
    """The points of a calibration, none where the schema has no such file.

    Raises SchemaDefinitionError where they do not rise or leave 0 to 1.
    """
    if not path.is_file():
        return Calibration()
    data = read_yaml(path)
    parsed = parse_yaml(TypeAdapter(_CalibrationFile), data, path)
    for name, points in (("present", parsed.present), ("open", parsed.open)):
        where: Location = (name,)
        if any(not 0.0 <= value <= 1.0 for point in points for value in point):
            fail(path, line_of(data, where), where, "holds a value outside 0 to 1", "มีค่านอกช่วง 0 ถึง 1")
        if any(one[0] >= other[0] or one[1] > other[1] for one, other in pairwise(points)):
            fail(path, line_of(data, where), where, "does not rise", "ค่าต้องเรียงจากน้อยไปมาก")
    if parsed.missing is not None and any(weight > 0 for weight in parsed.missing.weights.values()):
        where = ("missing", "weights")
        fail(path, line_of(data, where), where, "holds a weight above 0", "น้ำหนักต้องไม่เกิน 0")
    return Calibration(present=parsed.present, open=parsed.open, missing=parsed.missing)


def interpolate(points: Sequence[tuple[float, float]], value: float) -> float:
    """The value between the points around it; beyond the ends that of the end.

    >>> interpolate([(0.5, 0.6), (0.9, 1.0)], 0.7)
    0.8
    """
    at = bisect_left([known for known, _ in points], value)
    if at == 0:
        return points[0][1]
    if at == len(points):
        return points[-1][1]
    (low, worth), (high, more) = points[at - 1], points[at]
    return round(worth + (more - worth) * (value - low) / (high - low), 4)
