"""``python -m benchmarks.tables``."""

from benchmarks.tables.run import main

main()
