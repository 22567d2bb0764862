"""Trains the glyph model, and tests it on fonts that it has not seen.

    python benchmarks/ocr/train_glyphs.py [--held-out 3] [--per-class 900] [--write]

Every third family, say, is left out of training and tested on; the accuracy and the commonest mistakes are printed.
With ``--write`` a model trained on all families goes to ``extractors/ocr/glyphs.npz``. Needs Thai fonts
(fonts-thai-tlwg; more in BCP_FONTS) and Pillow.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.ocr.drawn_glyphs import Face, draw_samples, find_faces  # noqa: E402
from extractors.ocr.glyphs import CLASSES, MODEL_FILE, OTHER, THAI_DIGITS, Features, GlyphModel, measure_glyph  # noqa: E402

HIDDEN = 96
EPOCHS, BATCH, RATE, DECAY = 22, 128, 0.0015, 1e-4
SURE = 0.9


def make_set(faces: Sequence[Face], per_class: int, seed: int) -> tuple[Features, np.ndarray]:
    rows, names = [], []
    for name, glyph in draw_samples(faces, per_class, np.random.default_rng(seed)):
        rows.append(measure_glyph(glyph))
        names.append(CLASSES.index(name))
    return np.stack(rows), np.array(names)


def train(features: Features, names: np.ndarray, seed: int = 5) -> GlyphModel:
    """Two layers by Adam, with weights kept small."""
    random = np.random.default_rng(seed)
    mean, scale = features.mean(axis=0), 1 / (features.std(axis=0) + 0.02)
    x = ((features - mean) * scale).astype(np.float32)
    weights = [
        random.normal(0, np.sqrt(2 / x.shape[1]), (x.shape[1], HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        random.normal(0, np.sqrt(2 / HIDDEN), (HIDDEN, len(CLASSES))).astype(np.float32),
        np.zeros(len(CLASSES), np.float32),
    ]
    first, second = [np.zeros_like(each) for each in weights], [np.zeros_like(each) for each in weights]
    step = 0
    for epoch in range(EPOCHS):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
        order = random.permutation(len(x))
        for start in range(0, len(x), BATCH):
            chosen = order[start : start + BATCH]
            batch = x[chosen] + random.normal(0, 0.15, (len(chosen), x.shape[1])).astype(np.float32)
            layer = np.maximum(batch @ weights[0] + weights[1], 0)
            keep = (random.random(layer.shape) > 0.2) / 0.8
            layer = (layer * keep).astype(np.float32)
            scores = layer @ weights[2] + weights[3]
            scores -= scores.max(axis=1, keepdims=True)
            error = np.exp(scores)
            error /= error.sum(axis=1, keepdims=True)
            error[np.arange(len(chosen)), names[chosen]] -= 1
            error /= len(chosen)
            back = (error @ weights[2].T) * (layer > 0) * keep
            gradients = [batch.T @ back, back.sum(axis=0), layer.T @ error, error.sum(axis=0)]
            step += 1
            for index, gradient in enumerate(gradients):
                first[index] = 0.9 * first[index] + 0.1 * gradient
                second[index] = 0.999 * second[index] + 0.001 * gradient**2
                move = (first[index] / (1 - 0.9**step)) / (np.sqrt(second[index] / (1 - 0.999**step)) + 1e-8)
                weights[index] -= (rate * (move + DECAY * weights[index])).astype(np.float32)
    return GlyphModel(
        mean=mean, scale=scale, hidden=weights[0], hidden_bias=weights[1], output=weights[2], output_bias=weights[3]
    )


def report(model: GlyphModel, features: Features, names: np.ndarray, title: str) -> None:
    found = model.probabilities(features)
    best, sure = found.argmax(axis=1), found.max(axis=1) >= SURE
    print(
        f"{title}: {share(best == names)} right; sure of {share(sure)}, of those {share((best == names)[sure])} right"
    )
    is_thai = names < len(THAI_DIGITS)
    print(
        f"  Thai digits: {share((best == names)[is_thai])} right; sure of {share(sure[is_thai])}, of those "
        f"{share((best == names)[is_thai & sure])} right"
    )
    no_digit = names == CLASSES.index(OTHER)
    print(
        f"  no digit or sign, taken for one: {share((best != names)[no_digit])}; surely "
        f"{share(((best != names) & sure)[no_digit])}"
    )
    wrong = Counter(
        (CLASSES[name] or "other", CLASSES[other] or "other")
        for name, other in zip(names[best != names], best[best != names], strict=True)
    )
    print("  commonest mistakes:", ", ".join(f"{a}→{b} {count}" for (a, b), count in wrong.most_common(14)))


def share(flags: np.ndarray) -> str:
    return f"{100 * float(flags.mean()):.2f} %" if flags.size else "none"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--held-out", type=int, default=3, help="number of rounds, each leaving out every N-th family"
    )
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--per-class", type=int, default=900)
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    faces = find_faces()
    families = sorted({face.family for face in faces})
    print(f"{len(faces)} faces of {len(families)} families: {', '.join(families)}")
    for turn in range(options.rounds):
        left_out = families[turn :: options.held_out]
        start = time.process_time()
        seen = make_set([face for face in faces if face.family not in left_out], options.per_class, 1 + turn)
        unseen = make_set(
            [face for face in faces if face.family in left_out], max(50, options.per_class // 4), 101 + turn
        )
        model = train(*seen)
        report(model, *unseen, f"unseen {', '.join(left_out)} ({len(unseen[1])} glyphs)")
        print(f"  {time.process_time() - start:.0f} s")
    if options.write:
        model = train(*make_set(faces, options.per_class, 77))
        np.savez_compressed(MODEL_FILE, **{name: getattr(model, name).astype(np.float16) for name in model.__slots__})
        print(f"wrote {MODEL_FILE.name}, {MODEL_FILE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
