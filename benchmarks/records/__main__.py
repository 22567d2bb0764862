"""``python -m benchmarks.records``."""

from benchmarks.records.run import main

main()
