"""Requests to a vision endpoint: bounded in time and size, tried again where that can help, errors with what to do."""

from __future__ import annotations

import http.client
import json
import random
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docmodel.errors import EngineError, EngineTimeoutError
from extractors.ocr.vision_answer import VisionAnswer, read_answer

MAX_ANSWER_BYTES = 4_000_000
"""A page of text with the probabilities of its tokens has some hundred kilobytes."""
MAX_WAIT_S = 30.0
"""The longest wait between two attempts, whatever the server asks for."""
COOL_DOWN_S = 30.0
"""After all attempts failed the next requests fail at once for this long: a page asks for dozens of lines."""
CHUNK_BYTES = 65_536
TRY_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class _RefusedError(Exception):
    """The server will not answer this, however often it is asked."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _FailedError(Exception):
    """This attempt came to nothing; ``wait_s`` is what the server asked to wait."""

    def __init__(self, kind: str, wait_s: float | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.wait_s = wait_s


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Pages and key go to the configured address and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(slots=True, kw_only=True)
class VisionClient:
    """Asks one endpoint. ``timeout_s`` bounds each attempt from the first byte sent to the last received."""

    url: str
    key: str | None
    timeout_s: float
    attempts: int
    backoff_s: float
    sleep: Callable[[float], None] = time.sleep
    _resting_until: float = field(default=0.0, init=False)
    _last_kind: str = field(default="", init=False)

    def ask(self, request: dict[str, object]) -> VisionAnswer:
        """The model's answer; raises EngineError (``vision_…``) when all attempts failed."""
        if time.monotonic() < self._resting_until:
            raise self._error(self._last_kind)
        body = json.dumps(request).encode()
        kind = "vision_unavailable"
        for attempt in range(self.attempts):
            try:
                return self._attempt(body)
            except _RefusedError as refusal:
                if refusal.status in (400, 422) and request.get("logprobs"):
                    # servers that know no probabilities refuse the field
                    return self.ask({name: value for name, value in request.items() if name != "logprobs"})
                self._rest("vision_refused")
                raise self._error("vision_refused", refusal.status) from None
            except _FailedError as failure:
                kind = failure.kind
                if attempt + 1 < self.attempts:
                    own_s = self.backoff_s * 2**attempt * random.uniform(0.75, 1.25)
                    self.sleep(min(MAX_WAIT_S, failure.wait_s if failure.wait_s is not None else own_s))
        self._rest(kind)
        raise self._error(kind)

    def _rest(self, kind: str) -> None:
        self._resting_until, self._last_kind = time.monotonic() + COOL_DOWN_S, kind

    def _attempt(self, body: bytes) -> VisionAnswer:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(self.url, data=body, headers=headers, method="POST")
        deadline = time.monotonic() + self.timeout_s
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.timeout_s) as response:
                data = _read_all(response, deadline)
        except urllib.error.HTTPError as error:
            with error:
                if error.code in TRY_AGAIN:
                    raise _FailedError("vision_unavailable", _wait_of(error.headers.get("Retry-After"))) from None
            raise _RefusedError(error.code) from None
        except TimeoutError:
            raise _FailedError("vision_timeout") from None
        except urllib.error.URLError as error:
            timed_out = isinstance(error.reason, TimeoutError | socket.timeout)
            raise _FailedError("vision_timeout" if timed_out else "vision_unavailable") from None
        except (OSError, http.client.HTTPException):
            raise _FailedError("vision_unavailable") from None
        try:
            return read_answer(data)
        except ValueError:
            raise _FailedError("vision_bad_answer") from None

    def _error(self, kind: str, status: int | None = None) -> EngineError:
        if kind == "vision_timeout":
            return EngineTimeoutError(
                kind,
                th=f"บริการ OCR แบบ vision ไม่ตอบภายใน {self.timeout_s:g} วินาที ให้ตรวจว่าเครื่องให้บริการทำงานอยู่ "
                "หรือเพิ่มค่า BCP_VISION_TIMEOUT",
                en=f"The vision endpoint did not answer within {self.timeout_s:g} seconds. Check that it runs, or "
                "raise BCP_VISION_TIMEOUT.",
            )
        if kind == "vision_refused":
            said = f" ({status})" if status else ""
            return EngineError(
                kind,
                th=f"บริการ OCR แบบ vision ปฏิเสธคำขอ{said} ให้ตรวจ BCP_VISION_URL, BCP_VISION_MODEL และ BCP_VISION_KEY",
                en=f"The vision endpoint refused the request{said}. Check BCP_VISION_URL, BCP_VISION_MODEL and "
                "BCP_VISION_KEY.",
            )
        if kind == "vision_bad_answer":
            return EngineError(
                kind,
                th="บริการ OCR แบบ vision ตอบมาในรูปที่อ่านไม่ได้ ให้ตรวจว่าบริการเป็นแบบ OpenAI chat completions และโมเดลรับภาพได้",
                en="The vision endpoint answers what cannot be read. Check that it offers OpenAI chat completions and "
                "that the model takes pictures.",
            )
        return EngineError(
            "vision_unavailable",
            th="ติดต่อบริการ OCR แบบ vision ไม่ได้ ให้ตรวจว่าเครื่องให้บริการทำงานอยู่ แล้วอ่านไฟล์นี้ใหม่",
            en="The vision endpoint cannot be reached or is overloaded. Check that it runs, then read the file again.",
        )


def _read_all(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """The body, within size and time: a server that drips would never run into the socket's time-out."""
    parts: list[bytes] = []
    size = 0
    expected = response.length
    while chunk := response.read1(CHUNK_BYTES):
        size += len(chunk)
        if size > MAX_ANSWER_BYTES:
            raise _FailedError("vision_bad_answer")
        if time.monotonic() > deadline:
            raise _FailedError("vision_timeout")
        parts.append(chunk)
    if expected is not None and size < expected:
        raise _FailedError("vision_unavailable")
    return b"".join(parts)


def _wait_of(value: str | None) -> float | None:
    """The seconds in a Retry-After header; None for dates and nonsense."""
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None
