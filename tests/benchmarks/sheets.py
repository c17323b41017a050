"""Reading a workbook, cell by cell, beside openpyxl."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import xlsxwriter

from tests.benchmarks.contest import PEERS, enter
from tests.benchmarks.people import COLUMNS, make_rows
from tests.benchmarks.sections import Row, Section

OPENPYXL = "openpyxl, read_only"


@contextmanager
def open_sheets(folder: Path, rows: int) -> Iterator[Section]:
    """Prepare the comparison, all on one core."""
    file = folder / "people.xlsx"
    _write_workbook(file, rows)
    numbers = count()

    def play() -> dict[str, float]:
        place = folder / f"sheet-{next(numbers)}"
        place.mkdir()
        ours = enter("our_reading", file, place, rows)
        figures = {"ours": ours.rate, "memory": ours.megabytes}
        if PEERS.exists():
            figures[OPENPYXL] = enter("peers.openpyxl_read", file, rows, python=PEERS).rate
        shutil.rmtree(place)
        return figures

    beside = OPENPYXL if PEERS.exists() else ""
    yield Section(play, [Row("reading an XLSX file, 1 core", "rows/s", "ours", beside)])


def _write_workbook(file: Path, rows: int) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(make_rows(rows), start=1):
            # As people have it: numbers are numbers.
            sheet.write_row(number, 0, [*row[:-1], int(row[-1])])
