"""What a document is: geometry, pages, blocks, tables, sections, provenance, issues and errors.

Standard library only and no input or output, so that every other package can share these values.
"""
