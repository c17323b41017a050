"""Headings: which of a table's first rows is its header, if it has one."""

from collections import Counter
from collections.abc import Sequence

from pipeline.readers.cell_types import STRONG, type_of

_BELOW = 40
_MOST_ROWS, _MOST_COLUMNS = 5, 500
_LEAST_TITLES = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def find_heading(rows: Sequence[Sequence[str]], width: int) -> tuple[int | None, int]:
    """Find the header: how many rows stand above it, and how many rows it takes.

    A preamble is narrower than the table it stands above, or fills hardly any of its cells. None
    if the table's first row is data already; it then takes one row, as far as that matters.
    """
    start = _table_start(rows, width)
    if not rows:
        return 0, 1
    rows = [row[:_MOST_COLUMNS] for row in rows[: start + _MOST_ROWS + _BELOW]]
    count = _count_headings(rows[start : start + _MOST_ROWS + _BELOW])
    if count > 1:
        return start, count
    if count == 0 and _is_data(rows[start], rows[start + 1 :][:_BELOW]):
        return (None if start == 0 else start), 1
    return start, 1


def is_heading(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row's texts stand above columns of numbers, dates and the like."""
    hits = filled = 0
    for place, cell in enumerate(row):
        kind = type_of(cell)
        if not kind:
            continue
        filled += 1
        hits += kind not in STRONG and _column_type(below, place) in STRONG
    return hits > 0 and hits * 2 >= filled


def _count_headings(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows that head the others; behind the first, they must not hold any data."""
    count = _count_same(rows)
    for place in range(count, min(_MOST_ROWS, len(rows))):
        row, below = rows[place], rows[place + 1 :]
        if not is_heading(row, below) or (place and not _heads_too(row, rows[:place], below)):
            break
        count = place + 1
    return count


def _count_same(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows at the top that say the same, if no row below does; 0 if it is only one."""
    first = list(rows[0])
    count = next((n for n, row in enumerate(rows) if list(row) != first), len(rows))
    titled = len(set(first)) == len(first) >= _LEAST_TITLES and all(cell.strip() for cell in first)
    return count if count > 1 and titled and first not in map(list, rows[count:]) else 0


def _heads_too(
    row: Sequence[str], above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]
) -> bool:
    """Whether a row below a header's first belongs to it: it holds no data, and is wanted.

    It is if all its cells are filled, or a column with data has no title yet.
    """
    if len(row) != len(above[0]) or len(below) <= 1 or _has_data(row, below):
        return False
    if all(cell.strip() for cell in row):
        return True
    titled = {place for top in above for place, cell in enumerate(top) if cell.strip()}
    return any(_column_type(below, n) for n in range(len(row)) if n not in titled)


def _has_data(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    return any(
        type_of(cell) in STRONG and _column_type(below, place) in STRONG
        for place, cell in enumerate(row)
    )


def column_kinds(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Give the type of most cells of each column, told from the rows that have all of them.

    Of a table with very many columns, nothing is told.
    """
    if width > _MOST_COLUMNS:
        return ()
    full = [row for row in rows if len(row) == width]
    return tuple(_column_type(full, place) for place in range(width))


def _is_data(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row looks like those below it, or has what no header has."""
    kinds = [type_of(cell) for cell in row]
    if "email" in kinds or "phone" in kinds or "url" in kinds:
        return True
    if _are_years(row):
        return False
    alike = other = 0
    for place, kind in enumerate(kinds):
        column = _column_type(below, place)
        if column in STRONG - {"code"} and kind:
            alike += kind == column
            other += kind not in STRONG
    return alike > other or (not below and any(kind in STRONG - {"code"} for kind in kinds))


def _are_years(row: Sequence[str]) -> bool:
    numbers = [int(cell) for cell in row if cell.strip().isdecimal()]
    return (
        bool(numbers)
        and all(_FIRST_YEAR <= number <= _LAST_YEAR for number in numbers)
        and len(set(numbers)) == len(numbers)
        and len(numbers) > 1
    )


def _column_type(rows: Sequence[Sequence[str]], place: int) -> str:
    """Give the type of most of a column's values; "" if there is none."""
    kinds = Counter(type_of(row[place]) for row in rows if place < len(row) and row[place].strip())
    if not kinds:
        return ""
    kind = kinds.most_common(1)[0][0]
    strong = sum(number for name, number in kinds.items() if name in STRONG)
    total = kinds.total()
    if strong * 2 >= total:
        return (
            kind
            if kind in STRONG
            else next(name for name, _ in kinds.most_common() if name in STRONG)
        )
    return kind


def _table_start(rows: Sequence[Sequence[str]], width: int) -> int:
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    for place, (row, cells) in enumerate(zip(rows, filled, strict=True)):
        wide = len(row) > width // 2
        if wide and (cells * 2 > width or cells >= max(filled[place : place + _BELOW])):
            return place
    return 0
