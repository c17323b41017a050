"""Samples: rows of a file from which its columns are told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

Rows = Iterator[list[str]]

SAMPLE_ROWS = 50
_STRETCHES = 8
_STRETCH_ROWS = 1_000
_WANTED = 20


def gather_sample(stretches: Sequence[Callable[[], Rows]]) -> list[list[str]]:
    """Give the first rows of a file, and some that fill the columns which are blank in these.

    ``stretches`` are its batches, each a function that reads its rows from the first on. Where a
    column is blank, a few stretches over the whole file are looked through for rows that are not.
    """
    if not stretches:
        return []
    sample = list(islice(stretches[0](), SAMPLE_ROWS))
    missing = dict.fromkeys(_blank_columns(sample), _WANTED)
    for rows in _spread(stretches) if missing else ():
        for row in islice(rows(), _STRETCH_ROWS):
            found = [place for place in missing if place < len(row) and row[place].strip()]
            if not found:
                continue
            sample.append(row)
            for place in found:
                missing[place] -= 1
                if not missing[place]:
                    del missing[place]
            if not missing:
                return sample
    return sample


def _blank_columns(rows: Sequence[Sequence[str]]) -> Iterable[int]:
    width = max(map(len, rows), default=0)
    return [
        place
        for place in range(width)
        if not any(place < len(row) and row[place].strip() for row in rows)
    ]


def _spread(stretches: Sequence[Callable[[], Rows]]) -> Iterator[Callable[[], Rows]]:
    last = len(stretches) - 1
    count = min(last, _STRETCHES)
    return (stretches[place * last // max(count, 1)] for place in range(count + 1))
