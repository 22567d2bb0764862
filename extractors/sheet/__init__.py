"""Spreadsheets: agencies send the self-assessment checklist, and sometimes a whole plan, as a workbook."""

from extractors.sheet.reader import ODS, SheetReader

__all__ = ["ODS", "SheetReader"]
