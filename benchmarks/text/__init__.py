"""How right the text of pages is, against gold texts and on real files."""
