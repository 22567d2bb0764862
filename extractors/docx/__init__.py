"""Word files: paragraphs, tables, boxes and numbering as Word means them."""
