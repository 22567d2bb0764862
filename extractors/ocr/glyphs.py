"""Single glyphs named by their shape: Thai and Arabic digits and the signs between them, or that they are none.

A small network on gradients, trained on drawn glyphs of many fonts by ``benchmarks/ocr/train_glyphs.py``, which writes
``glyphs.npz``. Recognisers of whole lines guess digits from their neighbours, and a number has no neighbours that tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.engine import GrayImage

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"
SIGNS = ".-/():"
OTHER = ""
"""The class of everything that is neither digit nor sign: letters, marks, glyphs that run together, dirt."""
CLASSES = (*THAI_DIGITS, *ARABIC_DIGITS, *SIGNS, OTHER)

MODEL_FILE = Path(__file__).with_name("glyphs.npz")
SIDE = 24
"""Glyphs are brought to this height or width, whichever is larger: print of 10 points at 200 dpi has 15 pixels."""
MARGIN = 2
CELLS, DIRECTIONS = 5, 8
COARSE = 8

Features = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glyph:
    """A glyph cut from its line: ``pixels`` with ink light on 0; its place in letter heights over the baseline."""

    pixels: GrayImage
    top: float
    bottom: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlyphModel:
    """The weights: features are made comparable by ``mean`` and ``scale``, then two layers."""

    mean: Features
    scale: Features
    hidden: Features
    hidden_bias: Features
    output: Features
    output_bias: Features

    def probabilities(self, features: Features) -> Features:
        """A row of probabilities per glyph, in the order of CLASSES."""
        layer = np.maximum((features - self.mean) * self.scale @ self.hidden + self.hidden_bias, 0)
        scores = layer @ self.output + self.output_bias
        scores -= scores.max(axis=1, keepdims=True)
        weights = np.exp(scores)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)


@cache
def load_model(path: Path = MODEL_FILE) -> GlyphModel:
    """The model that ships with the package."""
    with np.load(path) as data:
        return GlyphModel(**{name: data[name].astype(np.float32) for name in GlyphModel.__slots__})


def measure_glyph(glyph: Glyph) -> Features:
    """A glyph as numbers: directions of its edges place by place, a coarse picture, its size and place on the line."""
    height, width = glyph.pixels.shape
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(glyph.pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    canvas = np.zeros((SIDE + 2 * MARGIN, SIDE + 2 * MARGIN), dtype=np.float32)
    top, left = MARGIN + (SIDE - size[1]) // 2, MARGIN + (SIDE - size[0]) // 2
    canvas[top : top + size[1], left : left + size[0]] = small
    canvas /= max(1.0, float(canvas.max()))
    canvas = np.asarray(cv2.GaussianBlur(canvas, (3, 3), 0), dtype=np.float32)
    coarse = cv2.resize(canvas, (COARSE, COARSE), interpolation=cv2.INTER_AREA)
    place = np.array([glyph.top, glyph.bottom, glyph.width, glyph.top - glyph.bottom, width / height / 2])
    return np.concatenate([_edges(canvas), np.asarray(coarse).ravel(), np.clip(place, -3, 3)]).astype(np.float32)


def _edges(canvas: Features) -> Features:
    """Sums of gradients per cell and direction, each gradient shared by its two nearest directions."""
    across = np.asarray(cv2.Sobel(canvas, cv2.CV_32F, 1, 0, ksize=3))
    down = np.asarray(cv2.Sobel(canvas, cv2.CV_32F, 0, 1, ksize=3))
    strength = np.hypot(across, down)
    direction = (np.arctan2(down, across) / (2 * np.pi) % 1) * DIRECTIONS
    lower = np.floor(direction).astype(np.int64) % DIRECTIONS
    share = (direction - np.floor(direction)).astype(np.float32)
    planes = np.zeros((DIRECTIONS, *canvas.shape), dtype=np.float32)
    rows, columns = np.indices(canvas.shape)
    planes[lower, rows, columns] += strength * (1 - share)
    planes[(lower + 1) % DIRECTIONS, rows, columns] += strength * share
    cells = [np.asarray(cv2.resize(plane, (CELLS, CELLS), interpolation=cv2.INTER_AREA)) for plane in planes]
    found = np.concatenate([cell.ravel() for cell in cells])
    return np.asarray(np.sqrt(found / (np.linalg.norm(found) + 1e-6)), dtype=np.float32)


def name_glyphs(glyphs: list[Glyph]) -> Features:
    """Probabilities of each glyph, a row of CLASSES per glyph."""
    if not glyphs:
        return np.empty((0, len(CLASSES)), dtype=np.float32)
    return load_model().probabilities(np.stack([measure_glyph(glyph) for glyph in glyphs]))
