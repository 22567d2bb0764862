"""Records: what the tables and paragraphs of a mapped plan say, one value per row of a dataset."""
