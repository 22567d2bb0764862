"""Digital PDF: characters, lines, tables and pictures from what PDFium says of a page."""

from extractors.pdf.document import PdfFile, open_pdf
from extractors.pdf.page import PageFacts
from extractors.pdf.reader import PdfReader

__all__ = ["PageFacts", "PdfFile", "PdfReader", "open_pdf"]
