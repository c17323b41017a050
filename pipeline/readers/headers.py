"""Headers: a usable, unique name for every column."""

from collections.abc import Sequence

from pipeline.normalize.text import normalize_text

MAX_LENGTH = 200


def name_columns(cells: Sequence[str]) -> list[str]:
    """Give each column of a header its name: ``column_7`` if empty, ``Phone 2`` if repeated."""
    names: list[str] = []
    taken = {normalize_text(cell).casefold() for cell in cells}
    seen: set[str] = set()
    for place, cell in enumerate(cells, start=1):
        wanted = name = normalize_text(cell)[:MAX_LENGTH].rstrip() or unnamed_column(place)
        count = 1
        while name.casefold() in seen or (count > 1 and name.casefold() in taken):
            count += 1
            name = f"{wanted} {count}"
        seen.add(name.casefold())
        names.append(name)
    return names


def unnamed_column(place: int) -> str:
    """Give the name of a column without one; the first column's place is 1."""
    return f"column_{place}"
