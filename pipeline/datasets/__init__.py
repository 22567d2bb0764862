"""The datasets: their rows as typed dataclasses, the Arrow schemas derived from them, and the writer."""
