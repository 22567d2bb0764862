"""Plans with a part taken out: ``python -m benchmarks.verdicts.ablation``.

Each component, each subelement, each column that serves an element, and each row of a table of every plan is taken out
in turn. What the tags that are left say is the truth: a status that must change has to become the right one, and no
other status may change. ``--pdf`` prints the documents first (LibreOffice, many in one go); ``--kinds`` and ``--only``
take part of them, ``--every 3`` every third document of a plan, ``--first 2`` from the third on.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.verdicts.plan_markup import (
    UNFILLED,
    Line,
    MarkedPlan,
    expected_statuses,
    read_plan,
    without_columns,
    without_element,
    write_docx,
)
from benchmarks.verdicts.reading import PLANS, print_all, read_file
from tests.documents.plans.kit import LEFT, UP

KINDS = ("component", "subelement", "column", "row")
NOT_ABLATED = {"2.8.contacts", "3.interagency", "3.pandemic"}  # follow from several places at once
PANDEMIC = "3.pandemic"  # any part may speak of it besides; only rows that name it are tagged one by one
MIN_ROWS = 3  # header and two more: a table that loses its only row is the ablation of an element


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablation:
    """A plan without one part: what kind of part, which one, and what is left."""

    kind: str
    what: str
    rest: MarkedPlan


def ablations(plan: MarkedPlan) -> Iterator[Ablation]:
    """Every part of a plan that can be taken out, with the plan that is left."""
    tags = {tag.removeprefix(UNFILLED) for tag in plan.tags()} - NOT_ABLATED
    for element in sorted(tags | {tag.rsplit(".", 1)[0] for tag in tags if tag.startswith("2.")}):
        kind = "subelement" if element.count(".") > 1 or element[0] != "2" else "component"
        yield Ablation(kind=kind, what=element, rest=without_element(plan, element))
    for start, stop in _tables(plan):
        yield from _columns_out(plan, start, stop)
        yield from _rows_out(plan, start, stop)


def _tables(plan: MarkedPlan) -> Iterator[tuple[int, int]]:
    """Where the rows of each table begin and end among the plan's lines."""
    start: int | None = None
    for index, line in enumerate((*plan.lines, None)):
        is_row = line is not None and line.kind == "row"
        if is_row and start is None:
            start = index
        elif not is_row and start is not None:
            yield start, index
            start = None


def _header_rows(rows: tuple[Line, ...]) -> int:
    return 2 if len(rows) > 1 and UP in rows[1].cells else 1


def _columns_out(plan: MarkedPlan, start: int, stop: int) -> Iterator[Ablation]:
    """Each column with a tag, and all columns of one table that serve the same element together."""
    rows = plan.lines[start:stop]
    heads = rows[: _header_rows(rows)]
    served = {
        col: frozenset[str]().union(*(row.cell_tags[col] for row in heads if col < len(row.cell_tags)))
        for col in range(len(rows[0].cells))
    }
    columns = [(col,) for col, tags in served.items() if tags]
    groups: dict[frozenset[str], list[int]] = {}
    for col, tags in served.items():
        if tags:
            groups.setdefault(tags, []).append(col)
    columns += [tuple(group) for group in groups.values() if len(group) > 1]
    for dropped in columns:
        if len(dropped) >= len(rows[0].cells) - 1:
            continue
        kept = tuple(without_columns(row, dropped) for row in rows)
        named = " + ".join(next((row.cells[col] for row in reversed(heads) if row.cells[col]), "") for col in dropped)
        yield Ablation(
            kind="column",
            what=f"{sorted(served[dropped[0]])[0]} ({named})",
            rest=replace(plan, lines=(*plan.lines[:start], *kept, *plan.lines[stop:])),
        )


def _rows_out(plan: MarkedPlan, start: int, stop: int) -> Iterator[Ablation]:
    """Each row that stands for itself: no group's head and no part of a merged cell."""
    rows = plan.lines[start:stop]
    first = _header_rows(rows)
    if len(rows) - first + 1 < MIN_ROWS:
        return
    for index in range(first, len(rows)):
        row, following = rows[index], rows[index + 1] if index + 1 < len(rows) else None
        merged = UP in row.cells or (following is not None and UP in following.cells)
        is_group = _is_group(row)
        ends_group = _is_group(rows[index - 1]) and (following is None or _is_group(following))
        if merged or is_group:
            continue
        out = {index - 1, index} if ends_group else {index}
        kept = tuple(line for at, line in enumerate(rows) if at not in out)
        yield Ablation(
            kind="row",
            what=row.cells[0][:40],
            rest=replace(plan, lines=(*plan.lines[:start], *kept, *plan.lines[stop:])),
        )


def _is_group(row: Line) -> bool:
    return len(row.cells) > 1 and all(cell == LEFT for cell in row.cells[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A plan, what was taken out of it, and the files: the whole plan first, then that of each part taken out. Parts
    that leave the same words behind share a file."""

    plan: MarkedPlan
    taken: list[Ablation]
    paths: list[Path]


def write(plan: MarkedPlan, taken: list[Ablation], folder: Path) -> Written:
    """Lay out a plan and what is left of it without each part."""
    paths: list[Path] = []
    known: dict[object, Path] = {}
    for version in (plan, *(ablation.rest for ablation in taken)):
        words = tuple((line.kind, line.cells) for line in version.lines)
        if words not in known:
            known[words] = folder / f"{plan.name}-{len(known):04}.docx"
            write_docx(version, known[words])
        paths.append(known[words])
    return Written(plan=plan, taken=taken, paths=paths)


def print_written(written: list[Written]) -> list[Written]:
    """The same as PDF: of all plans together, since LibreOffice takes longer to start than to print a plan."""
    print_all(list(dict.fromkeys(path for of_plan in written for path in of_plan.paths)))
    return [replace(of_plan, paths=[path.with_suffix(".pdf") for path in of_plan.paths]) for of_plan in written]


def measure(written: Written) -> Counter[tuple[str, str]]:
    """Counts per kind: statuses that must change, those that did, those that strayed, and all that must stay."""
    plan, paths = written.plan, written.paths
    counts: Counter[tuple[str, str]] = Counter()
    found = {path: read_file(path).statuses for path in dict.fromkeys(paths)}
    before, truth_before = found[paths[0]], expected_statuses(plan)
    for ablation, path in zip(written.taken, paths[1:], strict=True):
        after = found[path]
        for element, truth in expected_statuses(ablation.rest).items():
            if element not in truth_before or (element == PANDEMIC and ablation.kind != "row"):
                continue
            must_change = truth != truth_before[element]
            wrong = after.get(element) != truth if must_change else after.get(element) != before.get(element)
            counts[ablation.kind, "must change" if must_change else "must stay"] += 1
            counts[ablation.kind, "not changed" if must_change else "strayed"] += wrong
            if wrong:
                change = "must be" if must_change else "must stay"
                stays = truth if must_change else before.get(element)
                out = f"{plan.name}: without {ablation.kind} {ablation.what}"
                print(f"{out}: {element} {change} {stays}, is {after.get(element)}", flush=True)
        counts[ablation.kind, "documents"] += 1
    return counts


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdf", action="store_true", help="read the documents as PDF instead of Word")
    parser.add_argument("--kinds", default=",".join(KINDS), help="kinds of parts, with commas")
    parser.add_argument("--only", default="", help="only plans whose name begins with one of these, with commas")
    parser.add_argument("--every", type=int, default=1, help="only every so many documents of a plan")
    parser.add_argument("--first", type=int, default=0, help="which document of a plan to begin with, 0 the first")
    args = parser.parse_args()
    wanted, starts = set(args.kinds.split(",")), tuple(args.only.split(","))
    counts: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory() as scratch:
        written = []
        for path in sorted(PLANS.glob("*.plan")):
            plan = read_plan(path)
            if plan.is_plan and plan.name.startswith(starts):
                taken = [ablation for ablation in ablations(plan) if ablation.kind in wanted]
                written.append(write(plan, taken[args.first :: args.every], Path(scratch)))
        for of_plan in print_written(written) if args.pdf else written:
            counts += measure(of_plan)
    print_counts(counts)


def print_counts(counts: Counter[tuple[str, str]]) -> None:
    """One line per kind of part, and one for all."""
    for kind in (*KINDS, "all"):
        of_kind: Counter[str] = Counter()
        for (known, what), number in counts.items():
            if kind in (known, "all"):
                of_kind[what] += number
        must, stay = of_kind["must change"], of_kind["must stay"]
        if of_kind["documents"]:
            changed = must - of_kind["not changed"]
            print(
                f"{kind:11} {of_kind['documents']:5} documents   "
                f"changed as they must {changed}/{must} = {changed / max(1, must):.3f}   "
                f"strayed {of_kind['strayed']}/{stay} = {of_kind['strayed'] / max(1, stay):.4f}"
            )


if __name__ == "__main__":
    main()
