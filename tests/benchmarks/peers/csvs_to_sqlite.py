"""csvs-to-sqlite: ``python -m tests.benchmarks.peers.csvs_to_sqlite FILE DATABASE ROWS FOLDER``.

Nothing is validated and nothing deduped.
"""

import csv
import sys
from itertools import islice
from pathlib import Path

from csvs_to_sqlite.cli import cli

from tests.benchmarks.peers.report import report


def main() -> None:
    """Import a file's first rows, and report."""
    file, database, rows, folder = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    head = Path(folder) / "people.csv"
    with file.open(encoding="utf-8", newline="") as lines, head.open("w", newline="") as target:
        csv.writer(target).writerows(islice(csv.reader(lines), rows + 1))
    report(rows, lambda: cli([str(head), database], standalone_mode=False))


if __name__ == "__main__":
    main()
