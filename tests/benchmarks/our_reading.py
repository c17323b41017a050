"""The reader on its own: ``python -m tests.benchmarks.our_reading FILE FOLDER ROWS``.

From the file as it was uploaded to the cells of every row, as an import reads it.
"""

import sys
from pathlib import Path

from pipeline.readers.delimited import read_rows
from pipeline.readers.files import prepare_file
from pipeline.settings import Settings
from pipeline.work import spare_collector
from tests.benchmarks.peers.report import report


def main() -> None:
    """Read every cell, and report."""
    file, folder, rows = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    spare_collector()

    def work() -> None:
        text = folder / "text"
        plan, split = prepare_file(file, text, Settings().batch_rows)
        found = sum(
            1
            for batch in split.batches
            for _ in read_rows(text, batch.byte_lo, batch.byte_hi, batch.row_lo, plan.dialect)
        )
        assert found == rows, found

    report(rows, work)


if __name__ == "__main__":
    main()
