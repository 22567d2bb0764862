"""The texts of a SmartArt diagram (an organisation chart, a call tree) in the order of its tree."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from extractors.docx.xml import DGM, A, whole_number

# Points that only draw: the lines between boxes and what the layout adds.
_DRAWN_KINDS = frozenset({"parTrans", "sibTrans", "pres"})


def read_diagram(root: Any) -> list[tuple[int, str]]:
    """The texts of a diagram's data part with their depth from 1, each before the ones below it."""
    points = {point.get("modelId"): point for point in root.iter(f"{DGM}pt") if point.get("type") not in _DRAWN_KINDS}
    children: dict[str, list[tuple[int, str]]] = defaultdict(list)
    has_parent: set[str] = set()
    for link in root.iter(f"{DGM}cxn"):
        source, target = link.get("srcId"), link.get("destId")
        if link.get("type", "parOf") == "parOf" and source in points and target in points:
            children[source].append((whole_number(link.get("srcOrd")) or 0, target))
            has_parent.add(target)
    texts: list[tuple[int, str]] = []
    seen: set[str] = set()
    waiting = [(0, model_id) for model_id in reversed(points) if model_id not in has_parent]
    while waiting:
        depth, model_id = waiting.pop()
        if model_id in seen:
            continue
        seen.add(model_id)
        text = _point_text(points[model_id])
        if text:
            texts.append((max(depth, 1), text))
        below = depth + 1 if text or points[model_id].get("type") == "doc" else depth
        waiting.extend((below, child) for _, child in sorted(children[model_id], reverse=True))
    return texts


def _point_text(point: Any) -> str:
    lines = ("".join(part.text or "" for part in line.iter(f"{A}t")).strip() for line in point.iter(f"{A}p"))
    return "\n".join(line for line in lines if line)
