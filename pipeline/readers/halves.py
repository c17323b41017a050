"""Cutting a batch of a delimited file in two, between records."""

from pathlib import Path

from pipeline.readers.delimited import RowRange
from pipeline.readers.dialect import Dialect
from pipeline.readers.lines import cut_range


def halve_range(path: Path, batch: RowRange, dialect: Dialect) -> list[RowRange]:
    """Give the two halves of a batch of at least two rows; together they hold all its bytes."""
    blank = dialect.blank
    wanted, rows, place = batch.rows // 2, 0, batch.byte_lo
    for record, size, _ in cut_range(path, batch.byte_lo, batch.byte_hi, dialect):
        if rows == wanted and record.strip(blank):
            break
        rows += bool(record.strip(blank))
        place += size
    return [
        RowRange(batch.byte_lo, place, batch.row_lo, rows),
        RowRange(place, batch.byte_hi, batch.row_lo + rows, batch.rows - rows),
    ]
