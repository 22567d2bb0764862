"""A folder of everything that does harm, and what a run makes of it."""
