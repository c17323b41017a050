"""Headers: a usable, unique name for every column."""

from collections.abc import Sequence
from itertools import zip_longest

from pipeline.normalize.text import normalize_text

MAX_LENGTH = 200


def name_columns(cells: Sequence[str]) -> list[str]:
    """Give each column of a header its name: ``column_7`` if empty, ``Phone 2`` if repeated."""
    names: list[str] = []
    taken = {normalize_text(cell).casefold() for cell in cells}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for place, cell in enumerate(cells, start=1):
        wanted = name = normalize_text(cell)[:MAX_LENGTH].rstrip() or unnamed_column(place)
        count = counts.get(wanted.casefold(), 1)
        while name.casefold() in seen or (count > 1 and name.casefold() in taken):
            count += 1
            name = f"{wanted} {count}"
        counts[wanted.casefold()] = count
        seen.add(name.casefold())
        names.append(name)
    return names


def join_titles(rows: Sequence[Sequence[str]], *, repeat: bool = True) -> list[str]:
    """Join the rows of a header column by column; ``repeat`` keeps what a column says twice."""
    if len(rows) == 1:
        return list(rows[0])
    columns = zip_longest(*rows, fillvalue="")
    kept = ([cell.strip() for cell in column if cell.strip()] for column in columns)
    return [" ".join(cells if repeat else dict.fromkeys(cells)) for cells in kept]


def unnamed_column(place: int) -> str:
    """Give the name of a column without one; the first column's place is 1."""
    return f"column_{place}"
