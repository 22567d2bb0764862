"""From characters, words and ruling lines to text blocks and table grids; serves PDF and OCR alike."""
