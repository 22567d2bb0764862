"""A second engine: a vision model at an OpenAI-compatible endpoint, such as a served Typhoon OCR. Off by default."""

from __future__ import annotations

import base64
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import cv2
import numpy as np

from docmodel.errors import EngineMissingError
from extractors.ocr.engine import GrayImage, OcrWord, PixelBox, ReadMode
from extractors.ocr.vision_answer import VisionAnswer
from extractors.ocr.vision_http import VisionClient

ENV_URL, ENV_MODEL, ENV_KEY, ENV_TIMEOUT = "BCP_VISION_URL", "BCP_VISION_MODEL", "BCP_VISION_KEY", "BCP_VISION_TIMEOUT"
UNKNOWN_TRUST = 0.6
"""Confidence of an answer without probabilities. Under it a page counts as read with doubt and never as sure."""
OVERLONG_TRUST = 0.2
"""Confidence of an answer that holds more glyphs than its picture can: models go on repeating themselves."""
MIN_GLYPH_WIDTH = 0.16
"""A spacing glyph is at least this wide in heights of a line's picture, which has room for marks above and below."""
MAX_PIXELS = 4_000_000
"""Larger pictures are made smaller; a page at 200 dpi has 3.9 million."""
MAX_TOKENS = {ReadMode.LINE: 512, ReadMode.BLOCK: 4096}
PROMPT = (
    "Transcribe the printed text in this picture exactly as it stands, Thai and Latin, line by line. Keep Thai digits "
    "as Thai digits. Do not correct, translate, explain or format. If there is no text, answer with an empty line."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionSettings:
    """Where the model is served and what it is called. ``key`` never appears in a log, error or cache."""

    base_url: str
    model: str
    key: str | None = None
    timeout_s: float = 60.0
    attempts: int = 4
    backoff_s: float = 1.0


def settings_from(environment: Mapping[str, str] = os.environ) -> VisionSettings:
    """The settings in the environment; EngineMissingError (``vision_not_configured``) says what is wrong with them."""
    url, model = environment.get(ENV_URL, "").strip(), environment.get(ENV_MODEL, "").strip()
    try:
        timeout_s = float(environment.get(ENV_TIMEOUT, "60"))
    except ValueError:
        timeout_s = 0.0
    if not model or timeout_s <= 0 or not _is_safe(url):
        raise EngineMissingError(
            "vision_not_configured",
            th=f"ยังตั้งค่า OCR แบบ vision ไม่ครบ ให้กำหนด {ENV_URL} (https:// หรือเครื่องในเครือข่ายภายใน เช่น "
            f"http://127.0.0.1:8000/v1), {ENV_MODEL} และ {ENV_TIMEOUT} เป็นจำนวนวินาที",
            en=f"The vision engine is not set up. Set {ENV_URL} (https://, or a machine of the own network such as "
            f"http://127.0.0.1:8000/v1), {ENV_MODEL}, and {ENV_TIMEOUT} as a number of seconds.",
        )
    return VisionSettings(
        base_url=url.rstrip("/"), model=model, key=environment.get(ENV_KEY) or None, timeout_s=timeout_s
    )


def _is_safe(url: str) -> bool:
    """Whether pages may be sent there: encrypted, or inside the own network."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.query:
        return False
    if parts.scheme != "http":
        return parts.scheme == "https"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_private or address.is_loopback


class VisionEngine:
    """An OcrEngine that asks a vision model.

    The model gives no places: words share the width of their line's picture by their length. It is asked once for
    each line or block; to further looks (other scales, one script only) it has nothing to add and returns nothing.
    """

    name = "vision"

    def __init__(self, settings: VisionSettings, client: VisionClient | None = None) -> None:
        self._settings = settings
        self._client = client or VisionClient(
            url=f"{settings.base_url}/chat/completions",
            key=settings.key,
            timeout_s=settings.timeout_s,
            attempts=settings.attempts,
            backoff_s=settings.backoff_s,
        )
        self.version = settings.model
        self.options = f"{settings.base_url} {PROMPT}"

    def read_words(self, image: GrayImage, mode: ReadMode) -> tuple[OcrWord, ...]:
        """The words that the model sees in a picture; raises EngineError where it does not answer."""
        if mode not in MAX_TOKENS or image.size == 0:
            return ()
        answer = self._client.ask(self._request(image, MAX_TOKENS[mode]))
        return tuple(_place_words(answer, image.shape, is_line=mode is ReadMode.LINE))

    def _request(self, image: GrayImage, max_tokens: int) -> dict[str, object]:
        if image.size > MAX_PIXELS:
            scale = float(np.sqrt(MAX_PIXELS / image.size))
            smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            image = np.asarray(smaller, dtype=np.uint8)
        data = base64.b64encode(cv2.imencode(".png", image)[1].tobytes()).decode("ascii")
        return {
            "model": self._settings.model,
            "temperature": 0,
            "max_tokens": max_tokens,
            "logprobs": True,
            "messages": [
                {
                    "role": "user",
                    "content": [
                        {"type": "text", "text": PROMPT},
                        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}},
                    ],
                }
            ],
        }

    def close(self) -> None:
        """Nothing is held between requests."""


def _place_words(answer: VisionAnswer, shape: tuple[int, ...], *, is_line: bool) -> list[OcrWord]:
    height, width = shape[:2]
    lines = [words for words in answer.lines if words]
    if is_line and lines:
        lines = [tuple(word for words in lines for word in words)]
    placed = []
    for number, words in enumerate(lines):
        top, bottom = height * number // len(lines), height * (number + 1) // len(lines)
        room = width / max(1, bottom - top) / MIN_GLYPH_WIDTH
        total = sum(len(word.text) for word in words) + len(words) - 1
        # most Thai texts have one mark on three letters; twice the room is certainly too long
        ceiling = OVERLONG_TRUST if total > 2 * room + 4 or answer.is_cut else 1.0
        start = 0
        for word in words:
            end = start + len(word.text)
            confidence = min(ceiling, word.mean if word.mean is not None else UNKNOWN_TRUST)
            lowest = min(ceiling, word.lowest if word.lowest is not None else UNKNOWN_TRUST)
            box = PixelBox(width * start // total, top, max(width * start // total + 1, width * end // total), bottom)
            placed.append(OcrWord(text=word.text, bbox=box, confidence=confidence, lowest=lowest, line=number))
            start = end + 1
    return placed
