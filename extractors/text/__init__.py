"""Text readers: plain text, Markdown, HTML."""

from extractors.text.reader import TextReader

__all__ = ["TextReader"]
