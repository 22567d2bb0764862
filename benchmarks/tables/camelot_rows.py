"""camelot's tables, file by file, for a process in camelot's own environment: a path a line in, a line of JSON out.

Imports nothing of this repository. Each answer is the tables of the file in order, each a list of rows of texts.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    import camelot  # noqa: PLC0415  # only in the environment of its own

    for line in sys.stdin:
        tables = camelot.read_pdf(line.rstrip("\n"), pages="all", flavor="lattice", suppress_stdout=True)
        print(json.dumps([table.data for table in tables]), flush=True)


if __name__ == "__main__":
    main()
