"""Ways to run documents: each in a process of its own, so that none touches another."""
