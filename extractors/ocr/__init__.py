"""Pages without a usable text layer, read by optical character recognition."""
