"""Mending: the likeliest cells of a record whose quotes are wrong.

A cell that begins with a quote may end before any delimiter that a quote precedes, or its quote
may be a mere character. Of all readings, the one with the fewest wonders wins, and a number of
cells other than the table's is the greatest wonder. Whatever is mended stays called broken.
"""

from typing import NamedTuple

from pipeline.readers.cells import cell_cutter, unquote
from pipeline.readers.dialect import Dialect

_MAX_SIZE, _MAX_CELLS = 20_000, 500
_MAX_CLOSINGS = 40
_STRAY = 2.0
_LITERAL = 3.0
_OPEN = 5.0
_PASSED = 4.0
_WIDTH = 10.0


class _Reading(NamedTuple):
    """A reading of the record's beginning: its cost, and the cells it gives."""

    cost: float
    cells: tuple[str, ...]


def mend_cells(text: str, dialect: Dialect) -> list[str]:
    """Cut a broken record into the cells it was likely meant to have."""
    body = text.rstrip("\r\n")
    delimiter = dialect.delimiter
    if not delimiter or dialect.aligned or not dialect.quotechar:
        return cell_cutter(dialect)(text)
    if len(body) > _MAX_SIZE or body.count(delimiter) > _MAX_CELLS:
        return cell_cutter(dialect)(text)
    reached: dict[int, dict[int, _Reading]] = {0: {0: _Reading(0.0, ())}}
    done: list[_Reading] = []
    while reached:
        place = min(reached)
        ways = reached.pop(place)
        for end, cost, cell in _cells_at(body, place, dialect):
            for count, before in ways.items():
                now = _Reading(before.cost + cost, (*before.cells, cell))
                if end >= len(body):
                    done.append(now)
                else:
                    _keep(reached.setdefault(end + len(delimiter), {}), count + 1, now)
    width = dialect.width
    best = min(
        done, key=lambda way: way.cost + (_WIDTH * abs(len(way.cells) - width) * bool(width))
    )
    return list(best.cells)


def _keep(ways: dict[int, _Reading], count: int, way: _Reading) -> None:
    if count not in ways or way.cost < ways[count].cost:
        ways[count] = way


def _cells_at(body: str, place: int, dialect: Dialect) -> list[tuple[int, float, str]]:
    """Give each way to read the cell that begins at a place: its end, its cost, its value."""
    delimiter, quote = dialect.delimiter, dialect.quotechar
    found = body.find(delimiter, place)
    end = len(body) if found < 0 else found
    bare = body[place:end]
    start = place + len(bare) - len(bare.lstrip(" ")) if dialect.skip_space else place
    if not body.startswith(quote, start):
        return [(end, _STRAY / 4 * bare.count(quote), bare.lstrip(" ") if start > place else bare)]
    return [(end, _LITERAL, bare), *_quoted_at(body, start + len(quote), dialect)]


def _quoted_at(body: str, start: int, dialect: Dialect) -> list[tuple[int, float, str]]:
    """Give each way to end the quoted cell whose text starts at a place."""
    quote, delimiter = dialect.quotechar, dialect.delimiter
    ways: list[tuple[int, float, str]] = []
    passed, place = 0.0, start
    while len(ways) < _MAX_CLOSINGS:
        at = body.find(quote, place)
        if at < 0:
            ways.append((len(body), passed + _OPEN, unquote(body[start:], dialect)))
            break
        behind = at + len(quote)
        if behind == len(body) or body.startswith(delimiter, behind):
            inner = body[start:at]
            stray = _has_stray(inner, dialect)
            ways.append((behind, passed + _STRAY * stray, unquote(inner, dialect)))
            passed += _STRAY if stray else _PASSED
        place = behind
    return ways


def _has_stray(inner: str, dialect: Dialect) -> bool:
    """Whether a quoted text holds a quote that is neither doubled nor escaped."""
    quote = dialect.quotechar
    text = inner.replace("\\" + quote, "") if dialect.escape else inner
    return quote in text.replace(quote * 2, "")
