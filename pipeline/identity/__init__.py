"""Whose document it is and of what kind."""
