"""The outline: headings, their levels and what follows each."""

from pipeline.outline.build import build_outline

__all__ = ["build_outline"]
