"""Whole plans of eight kinds of agencies with all that is true of them."""
