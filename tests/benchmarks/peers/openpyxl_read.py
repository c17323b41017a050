"""openpyxl reads a workbook in its quickest way: ``… openpyxl_read FILE ROWS``."""

import sys

from openpyxl import load_workbook

from tests.benchmarks.peers.report import report


def main() -> None:
    """Read every cell, and report."""
    file, rows = sys.argv[1], int(sys.argv[2])

    def work() -> None:
        sheet = load_workbook(file, read_only=True).active
        assert sum(1 for _ in sheet.iter_rows(values_only=True)) == rows + 1

    report(rows, work)


if __name__ == "__main__":
    main()
