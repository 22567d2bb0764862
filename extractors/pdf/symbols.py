"""What glyphs of symbol fonts show: ticks and boxes as ✓ ☐ ☑ ☒, bullets as bullets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TICK = "\N{CHECK MARK}"
BOX = "\N{BALLOT BOX}"
TICKED_BOX = "\N{BALLOT BOX WITH CHECK}"
CROSSED_BOX = "\N{BALLOT BOX WITH X}"
CROSS = "\N{BALLOT X}"
BULLET = "\N{BULLET}"

PRIVATE_USE = 0xF000
"""Symbol fonts put their byte codes at this offset."""

WINGDINGS = {
    0xFC: TICK, 0xFB: CROSS, 0xFE: TICKED_BOX, 0xFD: CROSSED_BOX, 0xA8: BOX, 0x6F: BOX, 0x70: BOX, 0x71: BOX, 0x72: BOX,
    0x6C: BULLET, 0x6E: "\N{BLACK SQUARE}", 0x9F: BULLET, 0xA7: "\N{BLACK SMALL SQUARE}", 0x77: "\N{BLACK DIAMOND}",
    0x76: "\N{BLACK DIAMOND MINUS WHITE X}", 0xD8: "\N{THREE-D TOP-LIGHTED RIGHTWARDS ARROWHEAD}",
    0xE0: "\N{RIGHTWARDS ARROW}", 0xF0: "\N{RIGHTWARDS WHITE ARROW}", 0xA1: "\N{WHITE CIRCLE}",
}  # fmt: skip
WINGDINGS_2 = {
    0x50: TICK, 0x4F: CROSS, 0x52: TICKED_BOX, 0x51: CROSSED_BOX, 0x53: CROSSED_BOX, 0x54: CROSSED_BOX, 0xA3: BOX,
    0x2A: BOX, 0x98: BULLET, 0x97: BULLET,
}  # fmt: skip
WEBDINGS = {0x61: TICK, 0x63: BOX, 0x72: CROSS, 0x67: "\N{BLACK SQUARE}", 0x3D: BULLET}
DINGBATS = {
    0x33: TICK, 0x34: TICK, 0x35: CROSS, 0x36: CROSS, 0x37: CROSS, 0x38: CROSS, 0x6F: BOX, 0x70: BOX, 0x71: BOX,
    0x72: BOX, 0x6C: BULLET, 0x6E: "\N{BLACK SQUARE}",
}  # fmt: skip
SYMBOL = {0xB7: BULLET, 0xD6: "\N{SQUARE ROOT}", 0xA8: "\N{BLACK DIAMOND SUIT}"}
OPEN_SYMBOL = {PRIVATE_USE + 0xB7: BULLET, PRIVATE_USE + 0x50: TICK, 0xE00A: "\N{BLACK SMALL SQUARE}", 0xE00C: BULLET}
"""Codes that LibreOffice's font has beside those of Wingdings, which it stands in for."""


@dataclass(frozen=True, slots=True, eq=False)
class SymbolTable:
    """Translations by font."""

    maps: tuple[dict[int, int] | None, ...]

    def translate(self, codes: NDArray[np.uint32], font: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Codes with the glyphs of symbol fonts replaced by what they show."""
        symbolic = np.array([table is not None for table in self.maps], dtype=bool)[font]
        if not symbolic.any():
            return codes
        translated = codes.copy()
        for row in np.flatnonzero(symbolic):
            table = self.maps[font[row]] or {}
            translated[row] = table.get(int(codes[row]), int(codes[row]))
        return translated


def find_symbol_table(font_names: Sequence[str]) -> SymbolTable:
    """The translations for some fonts."""
    return SymbolTable(tuple(map(symbol_map, font_names)))


def symbol_map(font_name: str | None) -> dict[int, int] | None:
    """From the codes of a symbol font to characters; None for a font of letters."""
    name = (font_name or "").rpartition("+")[2].replace(" ", "").replace("-", "").lower()
    if name.startswith("wingdings2"):
        table = WINGDINGS_2
    elif name.startswith("wingdings3"):
        return None
    elif name.startswith("wingdings"):
        table = WINGDINGS
    elif name.startswith("webdings"):
        table = WEBDINGS
    elif "dingbats" in name:
        table = DINGBATS
    elif name.startswith(("symbol", "standardsymbols")):
        table = SYMBOL
    elif name.startswith(("opensymbol", "starsymbol")):
        return {PRIVATE_USE + code: ord(shown) for code, shown in WINGDINGS.items()} | {
            code: ord(shown) for code, shown in OPEN_SYMBOL.items()
        }
    else:
        return None
    whole = {PRIVATE_USE + code: ord(shown) for code, shown in table.items()}
    return whole | {code: ord(shown) for code, shown in table.items()}
