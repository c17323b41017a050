"""One row per cluster: the fullest of its rows, its blanks filled from the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.dedupe_file.service import Found
from pipeline.dedupe_file.table import Table

ADDED = ("cluster", "rows")
"""What stands behind a file's own columns: which cluster it is, and how many rows it has."""

_WHOLE = (
    frozenset({"name", "given_name", "surname"}),
    frozenset({"address", "city", "postcode", "region", "country"}),
)
"""Fields whose columns come from one row together: half an address of each would be neither."""

Groups = Sequence[Sequence[int]]


def merged_rows(table: Table, found: Found) -> Iterator[list[str]]:
    """Give a row for each cluster, in the order of their first rows.

    What the fullest row says stays as it is; of equally full ones the first counts.
    """
    sizes = Counter(found.numbers)
    shared = _gather(table, found, sizes)
    groups = _group(found)
    seen: set[int] = set()
    for number, row in zip(found.numbers, table.rows(), strict=True):
        if number not in seen:
            seen.add(number)
            rows = shared.get(number) or [found.fit(row.cells)]
            yield [*_merge(rows, groups), str(number), str(sizes[number])]


def _gather(table: Table, found: Found, sizes: Counter[int]) -> dict[int, list[list[str]]]:
    """Give the rows of each cluster that has several."""
    shared: dict[int, list[list[str]]] = defaultdict(list)
    for number, row in zip(found.numbers, table.rows(), strict=True):
        if sizes[number] > 1:
            shared[number].append(found.fit(row.cells))
    return shared


def _group(found: Found) -> Groups:
    """Give the columns that move together; every other column moves alone."""
    groups = []
    for fields in _WHOLE:
        places = {place for field in fields for place in found.columns.places.get(field, ())}
        groups.append(sorted(places))
    taken = {place for group in groups for place in group}
    return [*filter(None, groups), *([place] for place in range(found.width) if place not in taken)]


def _merge(rows: Sequence[list[str]], groups: Groups) -> list[str]:
    if len(rows) == 1:
        return rows[0]
    ordered = sorted(rows, key=lambda row: _blanks(row, range(len(row))))
    merged = list(ordered[0])
    for group in groups:
        if _blanks(merged, group) == len(group):
            blanks = [_blanks(row, group) for row in ordered]
            fullest = ordered[blanks.index(min(blanks))]
            for place in group:
                merged[place] = fullest[place] or merged[place]
    return merged


def _blanks(row: Sequence[str], places: Iterable[int]) -> int:
    return sum(not row[place].strip() for place in places)
