"""What analysts open: made from the datasets alone."""
