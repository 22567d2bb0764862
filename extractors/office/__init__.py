"""Reader of old Word, OpenDocument and RTF files, through LibreOffice."""

from extractors.office.reader import OfficeReader

__all__ = ["OfficeReader"]
