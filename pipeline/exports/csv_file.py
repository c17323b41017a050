"""Leads as CSV: safe to open in a spreadsheet, and read back exactly by our own importer."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from pipeline.exports.cells import header_cells, lead_cells
from pipeline.exports.columns import Batches

BYTE_ORDER_MARK = "\ufeff"


def write_csv(batches: Batches, custom: Sequence[str] = ()) -> Iterator[bytes]:
    """Give CSV in UTF-8, lines ended by CRLF; the header comes even if there is no lead."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header_cells(custom))
    for leads in batches:
        writer.writerows(lead_cells(leads, custom))
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def write_excel_csv(batches: Batches, custom: Sequence[str] = ()) -> Iterator[bytes]:
    """Give the same behind a byte order mark, by which Excel knows that it is UTF-8."""
    yield BYTE_ORDER_MARK.encode()
    yield from write_csv(batches, custom)
