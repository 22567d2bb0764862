"""How well damage to Thai text is found and mended."""
