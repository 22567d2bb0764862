"""Runs that are killed at random, and whether the run after them gives what an undisturbed one gives."""
