"""Sniffing: the dialect of a delimited file, told from how it begins."""

import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from itertools import islice

from pipeline.normalize.phones import looks_like_phone
from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.lines import cut_records
from pipeline.readers.own_export import is_own_header

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 200

_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?[ \t,;|]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SPACED_QUOTE = re.compile(' +"')
_SEVEN_DIGITS = re.compile(r"(?:\d\D*){7}")
_LONG_CELL = 120


def detect_dialect(sample: str) -> Dialect:
    """Tell the dialect of a file from its first characters (tens of thousands are plenty)."""
    declared = _SEPARATOR_LINE.match(sample)
    body = sample[declared.end() :] if declared else sample
    tables = {delimiter: _rows(body, delimiter) for delimiter in DELIMITERS}
    for delimiter, rows in tables.items():
        if rows and is_own_header(rows[0]):
            return Dialect(delimiter, separator_line=declared is not None)
    delimiter = declared[1] if declared else max(tables, key=lambda it: _consistency(tables[it]))
    rows = tables.get(delimiter) or _rows(body, delimiter)
    spaced = any(_SPACED_QUOTE.match(cell) for row in rows for cell in row)
    if spaced:
        rows = _rows(body, delimiter, skip_space=True)
    return Dialect(
        delimiter,
        header_row=_header_row(rows),
        separator_line=declared is not None,
        skip_space=spaced,
    )


def is_data_row(cells: Sequence[str]) -> bool:
    """Whether a row holds an e-mail address or a phone of seven digits, as no header does."""
    return any(
        _EMAIL.fullmatch(cell.strip()) or (_SEVEN_DIGITS.search(cell) and looks_like_phone(cell))
        for cell in cells
    )


def _consistency(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    widths = Counter(len(row) for row in rows)
    if not rows or max(widths) == 1:
        return (0.0, 0)
    width, same = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    prose = sum(len(cell) > _LONG_CELL for row in rows for cell in row)
    return (same / len(rows) * min(width - 1, 3) / (1 + prose / len(rows)), width)


def _rows(sample: str, delimiter: str, *, skip_space: bool = False) -> list[list[str]]:
    """Cut a sample into its first rows that hold anything."""
    dialect = Dialect(delimiter, skip_space=skip_space)
    cut = cell_cutter(dialect)
    records = cut_records(StringIO(sample, newline=""), dialect)
    rows = (cut(record.text) for record in records if record.text.strip(dialect.blank))
    return list(islice(rows, SAMPLE_ROWS))


def _header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the header: the first row as wide as the table, below any preamble.

    A preamble is narrower than the table it stands above, or fills hardly any of its cells.
    None if the first row is data already.
    """
    if not rows:
        return 0
    if is_data_row(rows[0]):
        return None
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    common = Counter(map(len, rows)).most_common(1)[0][0]
    for place, (row, cells) in enumerate(zip(rows, filled, strict=True)):
        wide = len(row) > common // 2
        if wide and (cells * 2 > common or cells >= max(filled[place:])):
            return 0 if is_data_row(row) else place
    return 0
