"""Pages of invented plans drawn in Thai fonts and put through what printers and scanners do, with their text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.damage.clean_text import SENTENCES
from extractors.base import PageImage
from extractors.ocr.engine import GrayImage

TLWG = Path("/usr/share/fonts/truetype/tlwg")
OWN = Path(__file__).resolve().parents[2] / "notebooks" / "fonts"
FACES = ("Sarabun", "Laksaman", "Garuda", "Loma", "Norasi", "Kinnari", "Waree", "Umpush", "TlwgTypo", "Sawasdee")
"""Families that documents are set in; Laksaman and Sarabun are the looks of TH Sarabun, which most plans have."""
SIZE_OF = {"Laksaman": 1.0, "Sarabun": 0.72, "Garuda": 0.72, "Loma": 0.72, "Waree": 0.68, "Umpush": 0.85}
"""Font size that looks as large as Laksaman's, which is small on its body as TH Sarabun is."""
WIDTH_INCH, HEIGHT_INCH = 8.27, 11.69
MARGIN_INCH = 1.0
CASES = ("plain", "grain", "skew", "jpeg", "faint", "photocopy")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line of text, its size in points, whether bold, and whether it stands in the middle."""

    text: str
    size_pt: float = 16
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnPage:
    """A page's picture and its lines from the top, each as it was drawn."""

    image: PageImage
    lines: tuple[str, ...]
    name: str


COVERS = (
    (
        ("แผนบริหารความต่อเนื่อง", 28),
        ("(Business Continuity Plan : BCP)", 22),
        ("สำนักงานทะเบียนผ้าทอจังหวัดดาวเหนือ", 24),
        ("พ.ศ. ๒๕๖๗ - ๒๕๗๐", 22),
    ),
    (
        ("แผนดำเนินธุรกิจอย่างต่อเนื่อง", 36),
        ("เทศบาลตำบลป่าไผ่งาม", 30),
        ("ปีงบประมาณ 2568", 24),
        ("ปรับปรุงครั้งที่ ๓ เมื่อวันที่ ๑๗ กรกฎาคม ๒๕๖๖", 18),
    ),
    (
        ("แผนประคองกิจการ", 48),
        ("โรงพยาบาลทุ่งใบไม้", 36),
        ("BCP 2569", 40),
        ("ฉบับปรับปรุง ตุลาคม ๒๕๖๙", 20),
    ),
)
HEADINGS = (
    "๑. วัตถุประสงค์",
    "๔. ผลกระทบจากเหตุการณ์",
    "๗. การวิเคราะห์ผลกระทบต่อกระบวนการ (BIA)",
    "๙. กระบวนการแจ้งเหตุฉุกเฉิน (Call Tree)",
    "2.6 ความต้องการทรัพยากร",
    "บทที่ ๘ ขั้นตอนกอบกู้กระบวนการ",
)
ITEMS = (
    "๑) เพื่อใช้เป็นแนวทางในการบริหารความต่อเนื่อง",
    "๒) ย้ายไปใช้ที่ทำการสำรองภายใน ๒๔ ชั่วโมง",
    "๓.๒ พื้นที่ปฏิบัติงานสำรอง ๑๒ ตร.ม. ต่อ ๓ คน",
    "4) ติดต่อ 080-000-0417 หรือ 0-2000-0163 ต่อ 29",
    "โทร. ๐ ๕๐๐๐ ๐๑๘๖-๙ ต่อ ๓๐๘, ๔๐๗",
    "วันที่ ๒ - ๗ (ระยะสั้น) และวันที่ ๘ เป็นต้นไป",
    "ระบบ VPN, e-Service และ Zoom Meeting ใช้ได้ทุกจังหวัด",
    "- เครื่องคอมพิวเตอร์ ๖ เครื่อง เครื่องพิมพ์ ๑ เครื่อง",
    "ตามหนังสือ นร ๑๒๐๐/ว ๗๖ ลงวันที่ ๕ พ.ค. ๒๕๖๓",
    "ระดับสูงมาก ปานกลาง ต่ำ และน้อยที่สุด",
    "(ก) ผู้อำนวยการ สสช. และ ผอ.กลุ่ม ศทก.",
    "ใช้งบประมาณไม่เกิน ๓๘,๕๐๐ บาท (ร้อยละ ๗.๕)",
)


def make_page(number: int) -> list[DrawnLine]:
    """The lines of one page: covers first, then headings with prose and items."""
    random = np.random.default_rng(100 + number)
    if number % 4 == 0:
        return [
            DrawnLine(text=text, size_pt=size, bold=random.random() < 0.7, centred=True)
            for text, size in COVERS[number // 4 % len(COVERS)]
        ]
    lines = [DrawnLine(text=HEADINGS[number % len(HEADINGS)], size_pt=20, bold=True)]
    for row in range(12):
        if row % 2:
            lines.append(DrawnLine(text=ITEMS[int(random.integers(len(ITEMS)))]))
        else:
            lines.append(DrawnLine(text=SENTENCES[int(random.integers(len(SENTENCES)))]))
    return lines


@cache
def _font(face: str, size_px: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = f"{face}-Bold.ttf" if bold else f"{face}-Regular.ttf" if face == "Sarabun" else f"{face}.ttf"
    return ImageFont.truetype(str((OWN if face == "Sarabun" else TLWG) / name), size_px)


def find_faces() -> list[str]:
    """The families of FACES that are on this machine."""
    return [face for face in FACES if face == "Sarabun" or (TLWG / f"{face}.ttf").is_file()]


def _wrapped(line: DrawnLine, font: ImageFont.FreeTypeFont, room_px: float) -> Iterator[str]:
    """A line as it fits on the page; broken at spaces, else before a consonant or leading vowel."""
    rest = line.text
    while font.getlength(rest) > room_px:
        fits = max(end for end in range(1, len(rest)) if font.getlength(rest[:end]) <= room_px)
        space = rest.rfind(" ", fits // 2, fits)
        if space > 0:
            yield rest[:space]
            rest = rest[space + 1 :]
            continue
        while fits > 1 and (not "ก" <= rest[fits] <= "ฮ" or "เ" <= rest[fits - 1] <= "ไ"):
            fits -= 1
        yield rest[:fits]
        rest = rest[fits:]
    yield rest


def draw_page(lines: Sequence[DrawnLine], *, face: str, dpi: int, case: str, seed: int) -> DrawnPage:
    """A sheet of A4 as it comes from the scanner."""
    random = np.random.default_rng(seed)
    width, height = round(WIDTH_INCH * dpi), round(HEIGHT_INCH * dpi)
    sheet = Image.new("L", (2 * width, 2 * height), 255)
    drawing = ImageDraw.Draw(sheet)
    drawn, y = [], 2 * MARGIN_INCH * dpi
    room = 2 * (WIDTH_INCH - 2 * MARGIN_INCH) * dpi
    for line in lines:
        font = _font(face, round(line.size_pt * SIZE_OF.get(face, 0.8) * 2 * dpi / 72), bold=line.bold)
        for text in _wrapped(line, font, room):
            left = 2 * MARGIN_INCH * dpi + (room - font.getlength(text)) / 2 * line.centred
            drawing.text((left, y), text, fill=0, font=font)
            drawn.append(text)
            y += 1.5 * line.size_pt * 2 * dpi / 72
    pixels = np.asarray(sheet.resize((width, height), Image.Resampling.BOX))
    pixels = _scan(np.asarray(pixels, dtype=np.uint8), case, dpi, random)
    image = PageImage(pixels=pixels, dpi=dpi, width_pt=WIDTH_INCH * 72, height_pt=HEIGHT_INCH * 72)
    return DrawnPage(image=image, lines=tuple(drawn), name=f"{face} {dpi} dpi {case}")


def _scan(pixels: GrayImage, case: str, dpi: int, random: np.random.Generator) -> GrayImage:
    blurred = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.3 + dpi / 600), dtype=np.uint8)
    if case == "plain":
        return blurred
    if case == "photocopy":  # black and white, strokes run a little
        thick = cv2.erode(blurred, np.ones((2, 2), np.uint8)) if dpi >= 200 else blurred
        return np.where(np.asarray(thick) < 150, 0, 255).astype(np.uint8)
    if case == "faint":
        return _noisy(170 + blurred.astype(np.float32) / 255 * 75, 3, random)
    if case == "grain":
        return _noisy(30 + blurred.astype(np.float32) / 255 * 215, 10, random)
    if case == "skew":
        height, width = pixels.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.uniform(-1.5, 1.5)), 1)
        turned = cv2.warpAffine(blurred, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
        return _noisy(np.asarray(turned, dtype=np.float32) * 0.95, 4, random)
    _, data = cv2.imencode(".jpg", blurred, [cv2.IMWRITE_JPEG_QUALITY, 30])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def _noisy(pixels: np.ndarray, strength: float, random: np.random.Generator) -> GrayImage:
    return np.clip(pixels + random.normal(0, strength, pixels.shape), 0, 255).astype(np.uint8)
