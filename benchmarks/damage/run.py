"""Print detection and repair of every kind of damage: ``python -m benchmarks.damage.run [pages]``."""

from __future__ import annotations

import random
import sys
import time

from rapidfuzz.distance import Levenshtein

from benchmarks.damage.clean_text import make_pages, make_word_pages
from benchmarks.damage.damages import CASES
from normalizers.repair import DamageKind, Route, assess_text, repair_text
from normalizers.repair.lexicon import cut_words, lost_am


def wrong_words(clean: str, mended: str) -> tuple[int, int]:
    """Words of the clean text that are not there letter for letter, and all words; spaces between words are free."""
    touched = bytearray(len(clean) + 1)
    for op in Levenshtein.opcodes(clean, mended):
        if op.tag == "insert":
            if not (mended[op.dest_start : op.dest_end].isspace()):
                touched[op.src_start] = 1
            elif 0 < op.src_start < len(clean):
                touched[op.src_start] |= 2
        elif op.tag != "equal":
            for place in range(op.src_start, op.src_end):
                touched[place] = 1
    wrong = total = position = 0
    for word in cut_words(clean, lost_am().all_words):
        end = position + len(word)
        if not word.isspace():
            total += 1
            inside = any(touched[place] & 1 for place in range(position, end))
            split = any(touched[place] & 2 for place in range(position + 1, end))
            wrong += inside or split
        position = end
    return wrong, total


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    pages = make_pages(count) + make_word_pages(max(1, count // 4))
    sentences = count
    characters = sum(map(len, pages))
    repair_text(pages[0])
    start = time.perf_counter()
    changed = sum(len(repair_text(page).steps) for page in pages)
    speed = characters / (time.perf_counter() - start)
    clean_health = [assess_text(page) for page in pages]
    print(f"clean: {characters:,} characters, {changed} steps, {sum(h.route is not Route.KEEP for h in clean_health)} "
          f"pages not kept, {speed:,.0f} characters/s")  # fmt: skip
    found = {kind: [0, 0, 0] for kind in DamageKind}  # right, missed, false
    for health in clean_health:
        for kind in health.damage:
            found[kind][2] += 1
    print(f"{'damage':42} {'found':>7} {'route':>7} {'words exact':>12} {'own':>8} {'random':>8}  other kinds named")
    for case in CASES:
        chooser = random.Random(3)
        named = routed = 0
        wrong = [[0, 0], [0, 0]]
        others: dict[str, int] = {}
        affected = 0
        for index, page in enumerate(pages):
            damaged = case.apply(page, chooser)
            if damaged == page:
                continue
            affected += 1
            health = assess_text(damaged)
            hit = case.kinds[0] in health.damage or (not case.recoverable and health.route is Route.OCR)
            named += hit
            found[case.kinds[0]][0 if hit else 1] += 1
            routed += health.route is (Route.REPAIR if case.recoverable else Route.OCR)
            for kind in health.damage:
                if kind not in case.kinds:
                    found[kind][2] += 1
                    others[kind] = others.get(kind, 0) + 1
            if case.recoverable:
                bad, total = wrong_words(page, repair_text(damaged).text)
                row = wrong[0 if index < sentences else 1]
                row[0] += bad
                row[1] += total
        exact = [100 * (1 - bad / max(1, total)) for bad, total in wrong]
        both = 100 * (1 - (wrong[0][0] + wrong[1][0]) / max(1, wrong[0][1] + wrong[1][1]))
        shown = (
            f"{both:11.2f}% {exact[0]:7.2f}% {exact[1]:7.2f}%" if case.recoverable else f"{'-':>12} {'-':>8} {'-':>8}"
        )
        print(f"{case.name:42} {named:3}/{affected:3} {routed:3}/{affected:3} {shown}  {others or ''}")
    print("\nkind                       precision  recall")
    for kind, (right, missed, false) in found.items():
        if right + missed + false:
            precision = right / (right + false) if right + false else 0.0
            recall = right / (right + missed) if right + missed else float("nan")
            print(f"{kind:26} {precision:9.3f} {recall:7.3f}")


if __name__ == "__main__":
    main()
