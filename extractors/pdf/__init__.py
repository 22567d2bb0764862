"""Digital PDF: characters, lines, tables and pictures from what PDFium says of a page."""
