"""Damaged files of every kind, made by the thousand, none of which may be a fault of the program."""
