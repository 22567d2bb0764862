"""Verdicts on the elements of the schema, and findings, each with its evidence."""
