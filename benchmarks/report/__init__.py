"""How the report holds up with ten thousand plans."""
