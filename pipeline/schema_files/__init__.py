"""How the files under ``schema/`` are read and checked."""
