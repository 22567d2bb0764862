"""How fast plans are read, beside other tools."""
