"""The vision engine against a small server that answers, and fails, in every way that servers do."""

from __future__ import annotations

import base64
import json
import math
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from docmodel.errors import EngineError, EngineMissingError, EngineTimeoutError
from extractors.ocr import find_engine, read_page_image
from extractors.ocr.engine import ReadMode
from extractors.ocr.vision import UNKNOWN_TRUST, VisionEngine, VisionSettings, settings_from
from extractors.ocr.vision_http import VisionClient

from .drawing import as_page, blank, draw_text

KEY = "sk-of-nobody"
LINE = np.full((40, 400), 255, dtype=np.uint8)


def _body(text, probabilities=None, reason="stop"):
    choice = {"message": {"content": text}, "finish_reason": reason}
    if probabilities:
        choice["logprobs"] = {
            "content": [
                {"token": token, "logprob": math.log(share), "bytes": list(token.encode())}
                for token, share in probabilities
            ]
        }
    return json.dumps({"choices": [choice]}).encode()


GOOD = _body("แผนบริหารความต่อเนื่อง BCP")


class Server(ThreadingHTTPServer):
    """Answers request after request as told: a function of the handler, or (status, headers, body)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = []
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), json.loads(body)))
        step = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        if callable(step):
            self.close_connection = True
            step(self)
            return
        status, headers, answer = step
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join(5)


def _engine(server, *script, timeout_s=5.0, attempts=3, waits=None):
    server.script = list(script)
    settings = VisionSettings(base_url=server.url, model="seer", key=KEY)
    client = VisionClient(
        url=f"{server.url}/chat/completions",
        key=KEY,
        timeout_s=timeout_s,
        attempts=attempts,
        backoff_s=0.5,
        sleep=(waits if waits is not None else []).append,
    )
    return VisionEngine(settings, client)


def test_words_with_their_places_and_how_sure_the_model_was(server):
    """Words lie along the line; a word's weakest token counts; the picture that was sent is the line."""
    tokens = [("แผน", 0.9), ("งาน", 0.5), (" ", 1.0), ("BCP", 0.8)]
    engine = _engine(server, (200, {}, _body("แผนงาน BCP", tokens)))
    first, second = engine.read_words(LINE, ReadMode.LINE)
    assert (first.text, second.text) == ("แผนงาน", "BCP")
    assert (round(first.confidence, 2), round(first.lowest, 2), round(second.confidence, 2)) == (0.7, 0.5, 0.8)
    assert 0 <= first.bbox.left < first.bbox.right <= second.bbox.left < second.bbox.right <= 400
    path, headers, request = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    sent = request["messages"][0]["content"][1]["image_url"]["url"].split(",")[1]
    pixels = cv2.imdecode(np.frombuffer(base64.b64decode(sent), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels.shape == LINE.shape


def test_answer_without_probabilities_is_doubted(server):
    """A server that tells nothing of probabilities gives words that count as read with doubt."""
    words = _engine(server, (200, {}, GOOD)).read_words(LINE, ReadMode.LINE)
    assert {word.confidence for word in words} == {UNKNOWN_TRUST}


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("```\nแผน ก\n```", ["แผน", "ก"]),
        ('{"natural_text": "แผน ก"}', ["แผน", "ก"]),
        ("{ก", ["{ก"]),
        ("", []),
        (None, []),
        ("  \n ", []),
        ("ท\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}", ["ทำ"]),
    ],
)
def test_what_models_put_around_the_text_is_taken_off(server, content, texts):
    """A code fence, a JSON object, nothing at all, SARA AM in two parts."""
    words = _engine(server, (200, {}, _body(content))).read_words(LINE, ReadMode.LINE)
    assert [word.text for word in words] == texts


@pytest.mark.parametrize(("text", "reason"), [("ก " * 200, "stop"), ("แผน", "length")])
def test_runaway_answer_is_not_believed(server, text, reason):
    """A model that repeats itself or was cut off says nothing that counts as sure."""
    body = _body(text, [(text, 0.99)], reason)
    words = _engine(server, (200, {}, body)).read_words(LINE, ReadMode.LINE)
    assert words
    assert max(word.confidence for word in words) <= 0.2


def test_further_looks_cost_no_request(server):
    """Other scales and scripts are Tesseract's business."""
    engine = _engine(server, (200, {}, GOOD))
    assert engine.read_words(LINE, ReadMode.LINE_AGAIN) == engine.read_words(LINE, ReadMode.THAI_LINE) == ()
    assert server.requests == []


def _hang_up(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


def _cut_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(GOOD)))
    handler.end_headers()
    handler.wfile.write(GOOD[:20])


def _no_http(handler):
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")


def _endless(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 100_000)
    except OSError:
        pass


def _drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        pass


def _stare(_):
    time.sleep(1.5)


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        ((500, {}, b"oops"), "vision_unavailable"),
        ((503, {"Retry-After": "7"}, b""), "vision_unavailable"),
        ((429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, b""), "vision_unavailable"),
        (_hang_up, "vision_unavailable"),
        (_cut_off, "vision_unavailable"),
        (_no_http, "vision_unavailable"),
        ((200, {}, b"<html>login</html>"), "vision_bad_answer"),
        ((200, {}, b"\xff\xfe"), "vision_bad_answer"),
        ((200, {}, b"[]"), "vision_bad_answer"),
        ((200, {}, b'{"choices": []}'), "vision_bad_answer"),
        ((200, {}, b'{"choices": [{"message": {"content": [1]}}]}'), "vision_bad_answer"),
        ((200, {}, b"[" * 100_000), "vision_bad_answer"),
        (_endless, "vision_bad_answer"),
    ],
)
def test_failure_is_tried_again_and_then_told(server, failure, code):
    """What may pass is asked again: the next good answer counts; if none comes, the error says what to do."""
    engine = _engine(server, failure, (200, {}, GOOD))
    assert [word.text for word in engine.read_words(LINE, ReadMode.LINE)] == ["แผนบริหารความต่อเนื่อง", "BCP"]
    with pytest.raises(EngineError) as caught:
        _engine(server, failure).read_words(LINE, ReadMode.LINE)
    assert caught.value.code == code
    assert KEY not in str(caught.value) + caught.value.message_th + caught.value.message_en


@pytest.mark.parametrize("slow", [_stare, _drip])
def test_slow_server_is_given_up(server, slow):
    """A server that says nothing, or one byte now and then, does not hold the run longer than the time allowed."""
    start = time.monotonic()
    with pytest.raises(EngineTimeoutError) as caught:
        _engine(server, slow, timeout_s=0.3, attempts=2).read_words(LINE, ReadMode.LINE)
    assert caught.value.code == "vision_timeout"
    assert time.monotonic() - start < 5


def test_server_says_how_long_to_wait(server):
    """Retry-After is kept to, within reason; else waits grow."""
    waits = []
    script = ((503, {"Retry-After": "7"}, b""), (429, {"Retry-After": "9999"}, b""), (500, {}, b""))
    with pytest.raises(EngineError):
        _engine(server, *script, waits=waits, attempts=4).read_words(LINE, ReadMode.LINE)
    assert waits[:2] == [7.0, 30.0]
    assert 1.5 <= waits[2] <= 2.5


@pytest.mark.parametrize("status", [401, 403, 404, 301, 302])
def test_refusal_is_final(server, status):
    """Wrong key, model or address is not asked twice, and nothing follows a redirection."""
    headers = {"Location": server.url} if status < 400 else {}
    with pytest.raises(EngineError) as caught:
        _engine(server, (status, headers, b"")).read_words(LINE, ReadMode.LINE)
    assert caught.value.code == "vision_refused"
    assert len(server.requests) == 1


def test_server_that_knows_no_probabilities(server):
    """A refusal of the field is answered by leaving it out."""
    engine = _engine(server, (400, {}, b"unknown field logprobs"), (200, {}, GOOD))
    assert engine.read_words(LINE, ReadMode.LINE)
    assert ["logprobs" in request for _, _, request in server.requests] == [True, False]


def test_after_all_attempts_the_next_lines_fail_at_once(server):
    """A page has dozens of lines: a dead server is not asked for each."""
    engine = _engine(server, (500, {}, b""))
    for _ in range(3):
        with pytest.raises(EngineError):
            engine.read_words(LINE, ReadMode.LINE)
    assert len(server.requests) == 3


def test_nobody_listens():
    """A closed port is told as such."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    settings = VisionSettings(base_url=url, model="seer", attempts=2, backoff_s=0.0)
    with pytest.raises(EngineError) as caught:
        VisionEngine(settings).read_words(LINE, ReadMode.LINE)
    assert caught.value.code == "vision_unavailable"


@pytest.mark.parametrize(
    "changed",
    [
        {"BCP_VISION_URL": ""},
        {"BCP_VISION_URL": "http://ocr.example.org/v1"},
        {"BCP_VISION_URL": "ftp://127.0.0.1/v1"},
        {"BCP_VISION_URL": "https://user:secret@127.0.0.1/v1"},
        {"BCP_VISION_URL": "http://[::1"},
        {"BCP_VISION_MODEL": " "},
        {"BCP_VISION_TIMEOUT": "soon"},
        {"BCP_VISION_TIMEOUT": "0"},
    ],
)
def test_settings_that_cannot_work_are_refused(changed):
    """Pages go to an encrypted address or a machine of the own network and nowhere else."""
    sound = {"BCP_VISION_URL": "http://192.168.1.5:8000/v1/", "BCP_VISION_MODEL": "seer", "BCP_VISION_TIMEOUT": "9"}
    assert settings_from(sound) == VisionSettings(base_url="http://192.168.1.5:8000/v1", model="seer", timeout_s=9.0)
    with pytest.raises(EngineMissingError) as caught:
        settings_from({**sound, **changed})
    assert caught.value.code == "vision_not_configured"
    assert "secret" not in caught.value.message_en


def test_page_read_through_the_vision_engine_and_not_sent_twice(server, monkeypatch, tmp_path):
    """The same page path as Tesseract's, with the cache before it."""
    server.script = [(200, {}, GOOD)]
    monkeypatch.setenv("BCP_VISION_URL", server.url)
    monkeypatch.setenv("BCP_VISION_MODEL", "seer")
    pixels = blank(400, 1200)
    draw_text(pixels, 80, 100, "แผนบริหารความต่อเนื่อง BCP")
    engine = find_engine(vision=True, cache_dir=tmp_path)
    pages = [read_page_image(as_page(pixels), page_number=1, engine=engine) for _ in range(2)]
    assert pages[0] == pages[1]
    assert [block.text for block in pages[0].blocks] == ["แผนบริหารความต่อเนื่อง BCP"]
    assert pages[0].ocr_confidence == UNKNOWN_TRUST
    assert len({str(request) for _, _, request in server.requests}) == len(server.requests)
    assert KEY not in "".join(path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*.gz"))
