"""What a vision model answered: its text word by word, with how sure it was of each."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from extractors.ocr.tesseract import join_sara_am

_FENCE = re.compile(r"\A\s*```[a-z]*[ \t]*\n?(.*?)\n?```\s*\Z", re.S)
TEXT_KEYS = ("natural_text", "text")
"""Where models that answer in JSON put the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWord:
    """A word; ``mean`` and ``lowest`` probability of its tokens, None where the server does not tell."""

    text: str
    mean: float | None
    lowest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionAnswer:
    """The lines of an answer; ``is_cut`` where the model was stopped before it was done."""

    lines: tuple[tuple[SeenWord, ...], ...]
    is_cut: bool = False


def read_answer(body: bytes) -> VisionAnswer:
    """The answer in a response's body; ValueError where it is none."""
    try:
        (choice, *_) = json.loads(body.decode("utf-8"))["choices"]
        content = choice["message"]["content"]
        is_cut = choice.get("finish_reason") == "length"
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no answer in the response") from error
    if content is None:
        content = ""
    if not isinstance(content, str):
        raise ValueError("the answer is no text")
    tokens = _tokens(choice.get("logprobs"))
    text = _plain_text(content)
    return VisionAnswer(lines=_lines(text, content, tokens), is_cut=is_cut)


def _plain_text(content: str) -> str:
    """The text without what models put around it: a code fence, a JSON object with one field."""
    fenced = _FENCE.match(content)
    text = fenced.group(1) if fenced else content
    if text.lstrip().startswith("{"):
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError):
            return text
        for key in TEXT_KEYS:
            if isinstance(fields, dict) and isinstance(fields.get(key), str):
                return str(fields[key])
    return text


def _tokens(logprobs: Any) -> list[tuple[bytes, float]]:
    """The answer's tokens as bytes with their probabilities; empty where the server gives none, or nonsense."""
    content = logprobs.get("content") if isinstance(logprobs, dict) else None
    tokens = []
    try:
        for entry in content or ():
            raw = entry.get("bytes")
            data = bytes(raw) if raw is not None else str(entry["token"]).encode()
            value = float(entry["logprob"])
            if math.isnan(value):
                return []
            tokens.append((data, math.exp(min(0.0, value))))
    except (KeyError, TypeError, ValueError, AttributeError):
        return []
    return tokens


def _lines(text: str, content: str, tokens: Sequence[tuple[bytes, float]]) -> tuple[tuple[SeenWord, ...], ...]:
    data = content.encode()
    ends = list(accumulate(len(token) for token, _ in tokens))
    start = content.find(text)
    exact = start >= 0 and b"".join(token for token, _ in tokens).startswith(data) and bool(tokens)
    overall = _spread([probability for _, probability in tokens])
    lines: list[tuple[SeenWord, ...]] = []
    offset = start
    for line in text.splitlines(keepends=True):
        words = []
        for match in re.finditer(r"\S+", line):
            mean, lowest = overall
            if exact:
                first = len(content[: offset + match.start()].encode())
                last = first + len(match.group().encode())
                own = [
                    probability
                    for (token, probability), end in zip(tokens, ends, strict=True)
                    if end > first and end - len(token) < last
                ]
                mean, lowest = _spread(own)
            words.append(SeenWord(text=join_sara_am(match.group()), mean=mean, lowest=lowest))
        offset += len(line)
        lines.append(tuple(words))
    return tuple(lines)


def _spread(values: Sequence[float]) -> tuple[float | None, float | None]:
    return (sum(values) / len(values), min(values)) if values else (None, None)
