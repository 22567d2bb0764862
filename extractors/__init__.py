"""Bytes in, docmodel out: the only code that knows a file format or an engine."""
