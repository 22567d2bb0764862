"""The decorator of values that a page has by the hundred: boxes, cells, pieces of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as value_class
else:
    _Class = TypeVar("_Class", bound=type)

    def value_class(**options: Any) -> Callable[[_Class], _Class]:
        """A frozen dataclass to the type checker, and at run time one that nothing guards: it is made in a quarter of
        the time, which is a twentieth of what a page costs. Never changed after it is made, like all values.

        Takes what ``dataclass`` takes; equal values have one hash.
        """
        return dataclass(**{**options, "frozen": False, "unsafe_hash": True})


__all__ = ["value_class"]
