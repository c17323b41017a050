"""Leads as CSV: safe to open in a spreadsheet, and read back exactly by our own importer."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import chain, islice

from pipeline.exports.columns import COLUMNS, LeadRow, custom_fields
from pipeline.normalize.formulas import guard_formula
from pipeline.readers.own_export import custom_column

CHUNK_ROWS = 500
BYTE_ORDER_MARK = "\ufeff"
LIST_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Writes CSV in UTF-8, lines ended by CRLF; ``mark`` comes first (a byte order mark)."""

    mark: str = ""
    media_type: str = "text/csv; charset=utf-8"
    suffix: str = ".csv"

    def write(self, rows: Iterable[LeadRow], custom: Sequence[str] = ()) -> Iterator[str]:
        """Give the file in chunks; the header comes even if there is no lead."""
        yield self.mark
        header = [*COLUMNS, *(custom_column(name) for name in custom)]
        lines = chain([[guard_formula(name) for name in header]], _lines(rows, custom))
        buffer = StringIO()
        writer = csv.writer(buffer)
        while chunk := list(islice(lines, CHUNK_ROWS)):
            writer.writerows(chunk)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()


def _lines(rows: Iterable[LeadRow], custom: Sequence[str]) -> Iterator[list[str]]:
    for row in rows:
        own = custom_fields(row)
        values = chain(map(row.get, COLUMNS), map(own.get, custom))
        yield [guard_formula(_written(value)) for value in values]


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(map(str, value))
    return str(value)
