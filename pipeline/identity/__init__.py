"""Identity of a document: its kind, its agency, its place and its date."""

from pipeline.identity.find import find_identity

__all__ = ["find_identity"]
