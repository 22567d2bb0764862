"""Figures with Thai words: the font, wrapped labels, heat maps and bars. Needs the extra ``notebooks``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pythainlp.tokenize import word_tokenize

FONT = "Sarabun"
FONT_FOLDER = Path(__file__).resolve().parents[2] / "notebooks" / "fonts"
INK, QUIET, BAR = "#1b2430", "#525f6e", "#2f6fa8"
LACKING_TO_COMPLETE: Colormap = LinearSegmentedColormap.from_list("gaps", ["#c73a32", "#f6d58a", "#2f9463"])
"""From missing over partial to present; the number in the cell says the same to who cannot tell the colours."""
UNKNOWN = "#dfe4ea"


def use_thai_font() -> str:
    """Make figures use the project's Thai font; its family name."""
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
    plt.rcParams.update(
        {
            "font.family": FONT,
            "font.size": 12,
            "axes.titlesize": 14,
            "axes.titleweight": "bold",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "text.color": INK,
            "axes.labelcolor": INK,
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
        }
    )
    return FONT


def show(figure: Figure) -> None:
    """Show a figure now, once; a notebook would show it again at the end of the cell."""
    display(figure)
    plt.close(figure)


def wrap_thai(text: str, width: int) -> str:
    """A label broken between Thai words, each line at most ``width`` letters wide where words allow it.

    >>> wrap_thai("แผนดำเนินธุรกิจอย่างต่อเนื่อง", 14).count(chr(10))
    1
    """
    lines, line = [], ""
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if line.strip() and letters_wide(line + word.rstrip()) > width:
            lines.append(line.strip())
            line = ""
        line += word
    return "\n".join([*lines, line.strip()] if line.strip() else lines)


def letters_wide(text: str) -> int:
    """Letters that take room in a line: marks above and below stand over others.

    >>> letters_wide("ที่")
    1
    """
    return sum(unicodedata.category(char) not in ("Mn", "Cf") for char in text)


def draw_heat(
    table: pd.DataFrame,
    *,
    title: str,
    names: Mapping[str, str] | None = None,
    as_percent: bool = False,
    label_width: int = 34,
) -> Figure:
    """A heat map with the number in each cell; what is not known is grey with a question mark."""
    values = table.to_numpy(dtype=float)
    rows, columns = values.shape
    figure, axes = plt.subplots(figsize=(4.2 + 0.62 * columns, 1.8 + 0.52 * rows))
    colours = LACKING_TO_COMPLETE.with_extremes(bad=UNKNOWN)
    axes.imshow(np.ma.masked_invalid(values), cmap=colours, vmin=0, vmax=1, aspect="auto")
    heads = [str((names or {}).get(str(name), name)) for name in table.columns]
    axes.set_xticks(range(columns), heads, rotation=45 if max(map(letters_wide, heads), default=0) > 5 else 0)
    if max(map(letters_wide, heads), default=0) > 5:
        plt.setp(axes.get_xticklabels(), ha="right", rotation_mode="anchor")
    axes.set_yticks(range(rows), [wrap_thai(str(name), label_width) for name in table.index])
    for row in range(rows):
        for column in range(columns):
            _write_cell(axes, row, column, values[row, column], as_percent=as_percent)
    axes.set_xticks(np.arange(-0.5, columns), minor=True)
    axes.set_yticks(np.arange(-0.5, rows), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.5)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(title, loc="left")
    return figure


def draw_bars(
    values: Mapping[str, float], *, title: str, unit: str, label_width: int = 38, colour: str = BAR
) -> Figure:
    """Bars from the top down, each with its name and its number."""
    names = [wrap_thai(name, label_width) for name in values]
    lines = sum(name.count("\n") + 1 for name in names)
    figure, axes = plt.subplots(figsize=(9.5, 1.4 + 0.36 * max(lines, 1)))
    bars = axes.barh(range(len(names)), list(values.values()), color=colour)
    axes.bar_label(bars, fmt="{:,.10g}", padding=4)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(unit)
    axes.tick_params(axis="y", length=0)
    axes.set_title(title, loc="left")
    return figure


def draw_spans(
    names: Sequence[str],
    spans: Sequence[tuple[float, float, float]],
    *,
    title: str,
    ticks: Mapping[float, str],
) -> Figure:
    """Shortest, middle and longest of each name on a logarithmic line of time in hours."""
    figure, axes = plt.subplots(figsize=(9.5, 1.6 + 0.44 * max(len(names), 1)))
    for place, (shortest, middle, longest) in enumerate(spans):
        axes.plot([shortest, longest], [place, place], color=BAR, linewidth=3, alpha=0.5)
        axes.plot([middle], [place], "o", color=BAR, markersize=8)
    axes.set_xscale("log")
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.minorticks_off()
    axes.set_yticks(range(len(names)), [wrap_thai(name, 40) for name in names])
    axes.invert_yaxis()
    axes.grid(axis="x", color="#e3e8ee")
    axes.set_title(title, loc="left")
    return figure


def _write_cell(axes: Axes, row: int, column: int, value: float, *, as_percent: bool) -> None:
    known = not np.isnan(value)
    words = "?" if not known else f"{100 * value:.0f}%" if as_percent else f"{value:g}"
    dark = known and (value < 0.25 or value > 0.75)
    axes.text(column, row, words, ha="center", va="center", color="white" if dark else INK, fontsize=10.5)
