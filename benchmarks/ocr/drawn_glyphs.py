"""Glyphs drawn in many fonts and put through what printers and scanners do, to train and test the glyph model."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.ocr.engine import GrayImage
from extractors.ocr.glyphs import ARABIC_DIGITS, OTHER, SIGNS, THAI_DIGITS, Glyph

FONT_FOLDERS = ("/usr/share/fonts/truetype/tlwg", "/usr/share/fonts/truetype/arundina")
MORE_FONTS = os.environ.get("BCP_FONTS", "")
"""A folder of further fonts, such as unpacked @fontsource packages; Debian has fonts-thai-tlwg and fonts-arundina."""
KINDS = (".ttf", ".woff2")
LEFT_OUT = ("Oblique", "Italic", "Light", "Purisa", "latin")
"""Slanted and handwriting faces: no plan is set in them. The Latin half of a web font comes with its Thai half."""
THAI_LETTERS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาเแโใไฤๆฯ"
LATIN_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz&@%#?!+=*[]"
"""Without O, o, I and l, which no eye tells from digits without their neighbours."""
MARKS = "ัิีึืุู็่้๊๋์"
ZOOM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A font file for Thai and one for the rest; ``family`` joins its weights."""

    family: str
    thai: str
    latin: str

    def file_for(self, text: str) -> str:
        return self.thai if any("\u0e00" <= char <= "\u0e7f" for char in text) else self.latin


def find_faces() -> list[Face]:
    """All upright faces with Thai digits on this machine."""
    faces = []
    for folder in (*FONT_FOLDERS, MORE_FONTS):
        for path in sorted(Path(folder).rglob("*")) if folder else ():
            if path.suffix not in KINDS or any(word in path.name for word in LEFT_OUT):
                continue
            name = path.stem.split("-thai-thai-")[0].split("-thai-")[0]
            latin = path.with_name(path.name.replace("-thai-700-", "-thai-400-").replace("-thai-400-", "-latin-400-"))
            if path.suffix == ".ttf":
                name, latin = name.removesuffix("-Bold"), path
            faces.append(Face(family=name, thai=str(path), latin=str(latin if latin.is_file() else path)))
    return faces


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@cache
def _letter_share(face: Face) -> float:
    """Height of the letters in font sizes."""
    font = _font(face.thai, 400)
    heights = [box[3] - box[1] for box in (font.getbbox(char) for char in "นบพมท")]
    return sorted(heights)[2] / 400


def draw_glyph(face: Face, text: str, letter_px: float, random: np.random.Generator) -> Glyph | None:
    """A glyph as a scan has it; None where nothing of it is left."""
    size = max(8, round(letter_px * ZOOM / _letter_share(face) / 2) * 2)
    font = _font(face.file_for(text), size)
    pad = 12 * ZOOM
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    if right - left <= 0 or bottom - top <= 0:
        return None
    width, height = int(right - left) + 2 * pad, int(bottom - top) + 2 * pad
    sheet = Image.new("L", (width, height), 255)
    ImageDraw.Draw(sheet).text((pad - left, pad - top), text, fill=0, font=font, anchor="ls")
    pixels, baseline = np.asarray(sheet), pad - top
    dx, dy = random.uniform(0, ZOOM, 2)
    turn = cv2.getRotationMatrix2D((width / 2, baseline), random.normal(0, 0.7), random.uniform(0.97, 1.03))
    turn[0, 1] += random.normal(0, 0.015)
    turn[0, 2] += dx
    turn[1, 2] += dy
    pixels = cv2.warpAffine(pixels, turn, (width, height), borderValue=255)
    scan = _degrade(np.asarray(pixels, dtype=np.uint8), random)
    threshold = int(random.integers(120, 195))
    return _cut(scan, threshold, (baseline + dy) / ZOOM, letter_px, random)


def _degrade(pixels: GrayImage, random: np.random.Generator) -> GrayImage:
    spread = random.uniform(-1.2, 1.2)
    if abs(spread) > 0.4:  # ink that runs, or a worn drum
        kernel = np.ones((2 + int(abs(spread) > 0.9), 2 + int(abs(spread) > 0.9)), np.uint8)
        pixels = np.asarray(cv2.erode(pixels, kernel) if spread > 0 else cv2.dilate(pixels, kernel), dtype=np.uint8)
    pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.5, 0.75 * ZOOM)), dtype=np.uint8)
    height, width = pixels.shape
    small = cv2.resize(pixels, (width // ZOOM, height // ZOOM), interpolation=cv2.INTER_AREA).astype(np.float32)
    dark, light = random.uniform(0, 70), random.uniform(235, 255)
    small = dark + small / 255 * (light - dark)
    small += random.normal(0, random.uniform(0, 9), small.shape)
    if random.random() < 0.1:  # a page kept in black and white
        small = np.where(small < random.uniform(120, 190), 0, 255)
    quality = int(random.integers(35, 96))
    _, data = cv2.imencode(".jpg", np.clip(small, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    back = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.float32)
    white = min(240.0, light - 12)
    return np.clip(back * (255 / white), 0, 255).astype(np.uint8)


def _cut(
    scan: GrayImage, threshold: int, baseline: float, letter_px: float, random: np.random.Generator
) -> Glyph | None:
    ink = (scan < threshold).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = [(int(stats[index, cv2.CC_STAT_AREA]), index) for index in range(1, count)]
    if not sizes or max(sizes)[0] < 4:
        return None
    largest = max(sizes)[1]
    first, last = stats[largest, 0] - 1, stats[largest, 0] + stats[largest, 2] + 1
    own = [
        index
        for area, index in sizes
        if area >= 3 and stats[index, 0] >= first - 2 and stats[index, 0] + stats[index, 2] <= last + 2
    ]
    mask = np.isin(labels, own).astype(np.uint8)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    near = np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    kept = np.where(near > 0, 255 - scan, 0).astype(np.uint8)[
        max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1
    ]
    # the letter height of a line is measured on few letters, sometimes on the digits themselves
    unit = letter_px * float(np.exp(random.normal(0, 0.08)))
    line = baseline + random.normal(0, 0.06) * letter_px
    return Glyph(pixels=kept, top=(line - top) / unit, bottom=(line - bottom) / unit, width=(right - left) / unit)


def draw_samples(
    faces: Sequence[Face], per_class: int, random: np.random.Generator, *, classes: Sequence[str] | None = None
) -> Iterator[tuple[str, Glyph]]:
    """Glyphs of each digit and sign, and twelve times as many that are none, spread over faces and sizes."""
    wanted = classes if classes is not None else (*THAI_DIGITS, *ARABIC_DIGITS, *SIGNS, OTHER)
    for name in wanted:
        for _ in range(per_class * (12 if name == OTHER else 1)):
            face = faces[int(random.integers(len(faces)))]
            glyph = draw_glyph(face, _text_of(name, random), float(np.exp(random.uniform(2.4, 3.45))), random)
            if glyph is not None:
                yield name, glyph


def _text_of(name: str, random: np.random.Generator) -> str:
    if name != OTHER:
        return name
    kind = random.random()
    if kind < 0.5:
        return _one(THAI_LETTERS, random)
    if kind < 0.8:
        return _one(LATIN_LETTERS, random)
    if kind < 0.9:
        return _one("กนอดต", random) + _one(MARKS, random)
    return _one(THAI_DIGITS + ARABIC_DIGITS, random) + _one(THAI_DIGITS + ARABIC_DIGITS + "./", random)


def _one(text: str, random: np.random.Generator) -> str:
    return text[int(random.integers(len(text)))]
