"""``python -m benchmarks.text``: the table of ``benchmarks.text.run``."""

from benchmarks.text.run import main

if __name__ == "__main__":
    main()
