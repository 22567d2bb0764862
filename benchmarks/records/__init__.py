"""Records of plans in layouts of their own, each with its truth."""
