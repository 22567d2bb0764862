"""``python -m benchmarks.plans``."""

from benchmarks.plans.run import main

main()
