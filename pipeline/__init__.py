"""The story: sources are read, normalised, outlined, mapped to the schema, turned into records and written.

Each stage is a plain function ``stage(value, options) -> value`` that changes nothing it was given.
"""
