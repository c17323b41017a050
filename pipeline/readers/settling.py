"""Settling: rows that have lost or gained one delimiter, or use another, told by their cells.

A row is settled only if the types of its cells then fit the table's columns without a doubt. It
is a likely reading, not a certain one, and stays called mended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.readers.cell_types import STRONG, type_of
from pipeline.readers.cells import cell_cutter
from pipeline.readers.dialect import Dialect
from pipeline.readers.grammar import grammar_of

_LEAST_WIDTH = 3
_LONGEST = 400
_OTHERS = ",;\t| :"
_CLASSES = frozenset({"", "word", "prose", "list"})


def settle_cells(cells: list[str], dialect: Dialect) -> list[str] | None:
    """Give the cells that a row of an odd width was likely meant to have; None if in doubt."""
    width = dialect.width
    if width < _LEAST_WIDTH or len(dialect.kinds) != width or len(cells) == width:
        return None
    if len(cells) == width + 1:
        return _best(_without_one(cells), dialect)
    if len(cells) == width - 1:
        found = _best(_with_one_more(cells, dialect), dialect)
        if found:
            return found
    return _best(_otherwise_cut(cells, dialect), dialect) if len(cells) < width else None


def settle_titles(cells: list[str], dialect: Dialect) -> list[str]:
    """Give the titles of a header that has one empty title too many, or another delimiter."""
    width = dialect.width
    if width < _LEAST_WIDTH or len(cells) == width:
        return cells
    if len(cells) == width + 1:
        found = {tuple(row) for row in _without_one(cells)}
    else:
        found = {tuple(row) for row in _otherwise_cut(cells, dialect) if all(row)}
    return list(*found) if len(found) == 1 else cells


def _best(candidates: Iterator[list[str]], dialect: Dialect) -> list[str] | None:
    """Give the one candidate that fits best; None if it does not fit, or is not the only one."""
    unique = {tuple(candidate) for candidate in candidates}
    scored = sorted(((_fit(row, dialect.kinds), row) for row in unique), reverse=True)
    if not scored or scored[0][0] < 0 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return list(scored[0][1])


def _fit(row: Sequence[str], kinds: Sequence[str]) -> float:
    """Score how a row fits the columns; below 0 if a cell contradicts its column."""
    score = 0.0
    for cell, kind in zip(row, kinds, strict=True):
        found = type_of(cell)
        if kind in STRONG:
            if found and found != kind:
                return -1.0
            score += 1.0 if found else 0.1
        elif found in STRONG or found not in _CLASSES:
            score -= 0.5
        elif kind:
            score += 0.5 if found == kind else 0.3 if found else 0.0
        else:
            score += 0.0 if found else 0.5
    typed = sum(kind in STRONG for kind in kinds)
    return score if typed else -1.0


def _without_one(cells: list[str]) -> Iterator[list[str]]:
    for place, cell in enumerate(cells):
        if not cell.strip():
            yield cells[:place] + cells[place + 1 :]


def _with_one_more(cells: list[str], dialect: Dialect) -> Iterator[list[str]]:
    for place, cell in enumerate(cells):
        if len(cell) <= _LONGEST:
            for cut in range(len(cell) + 1):
                halves = [cell[:cut], cell[cut:].strip(dialect.quotechar or " ")]
                yield cells[:place] + halves + cells[place + 1 :]


def _otherwise_cut(cells: list[str], dialect: Dialect) -> Iterator[list[str]]:
    text = dialect.delimiter.join(cells)
    for delimiter in _OTHERS:
        if delimiter != dialect.delimiter and delimiter in text:
            other = replace(dialect, delimiter=delimiter)
            if not dialect.quotechar or grammar_of(other).whole.fullmatch(text):
                row = cell_cutter(other)(text)
                if len(row) == dialect.width:
                    yield row
