"""Reader of Word files in Office Open XML."""

from extractors.docx.reader import DocxReader

__all__ = ["DocxReader"]
