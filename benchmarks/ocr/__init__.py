"""How right scans are read, and the drawn glyphs that the glyph model learns from."""
