"""Our files of rejected rows, read back: the columns that we added go, the rest is as it was."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TextIO

from pipeline.normalize.formulas import unguard_formula as decode_cell
from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.lines import Record, cut_records

COLUMNS = ("row", "column", "value", "expected", "how to fix")
"""What stands behind a rejected row's own cells: where it stood, what is wrong, what would do."""


def is_issue_header(header: Sequence[str]) -> bool:
    """Whether a header is that of a file of rejected rows."""
    told = tuple(cell.strip().casefold() for cell in header[-len(COLUMNS) :])
    return told == COLUMNS and len(header) > len(COLUMNS)


def drop_issue_columns(path: Path, dialect: Dialect) -> Dialect:
    """Make a UTF-8 file of rejected rows, in its place, what their own file was.

    Any other file stays untouched. Gives the dialect to read the file by.
    """
    if dialect.header_row != 0 or not dialect.plain or not dialect.quotechar:
        return dialect
    with path.open(encoding="utf-8", newline="") as file:
        records = (one for one in cut_records(file, dialect) if one.text.strip(dialect.blank))
        first = list(islice(records, 1 + dialect.separator_line))
        header = cell_cutter(dialect)(first[-1].text) if first else []
        if not is_issue_header(header):
            return dialect
        copy = path.with_suffix(".own")
        with copy.open("w", encoding="utf-8", newline="") as target:
            _copy(target, len(header), [first[-1]], dialect)
            _copy(target, len(header), records, dialect)
    copy.replace(path)
    own = len(header) - len(COLUMNS)
    return replace(
        dialect, separator_line=False, header_rows=1, width=own, kinds=dialect.kinds[:own]
    )


def _copy(target: TextIO, width: int, records: Iterable[Record], dialect: Dialect) -> None:
    own = width - len(COLUMNS)
    cut = cell_cutter(dialect)
    writer = csv.writer(target, delimiter=dialect.delimiter, quotechar=dialect.quotechar)
    for text, _, broken in records:
        if broken:
            # It must stay what it is: a row that cannot be read.
            target.write(text)
            continue
        cells = cut(text)
        writer.writerow(decode_cell(cell) for cell in (*cells[:own], *cells[width:]))
