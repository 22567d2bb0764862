"""What sections and tables mean: mapping to the schema by meaning, never by number."""

from pipeline.mapping.map_outline import map_outline

__all__ = ["map_outline"]
