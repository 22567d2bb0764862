"""How much an archive or mail may hold before it counts as made to do harm: all limits, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerLimits:
    """Limits for one file of the input and everything inside it, archives in archives included.

    - ``max_members``: a province sends a few hundred plans in one archive; ten times that is left over.
    - ``max_member_bytes``: the limit of a single document elsewhere too.
    - ``max_total_bytes``: a few hundred scans have some hundred megabytes; a run must not fill the disk for one file.
    - ``max_ratio``: unpacked against packed size. PDF and Word files are packed already (1 to 3), text and plain
      bitmaps come to some 50; bombs to 1,000 and more. Not looked at below ``ratio_from_bytes``, where it does no harm.
    - ``max_depth``: zip in zip in mail happens; more does not.
    - ``max_name_chars``: what a file system takes for one part of a path; longer names are cut.
    """

    max_members: int = 5_000
    max_member_bytes: int = 512 * 1024 * 1024
    max_total_bytes: int = 4 * 1024 * 1024 * 1024
    max_ratio: float = 200.0
    ratio_from_bytes: int = 64 * 1024 * 1024
    max_depth: int = 3
    max_name_chars: int = 255


DEFAULT_LIMITS = ContainerLimits()
