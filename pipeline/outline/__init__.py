"""Headings and what follows them."""
