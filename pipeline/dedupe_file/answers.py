"""Answers: what people said of pairs of rows, read from a file of three columns."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.dedupe_file.ids import RowIds
from pipeline.dedupe_file.table import open_table
from pipeline.errors import InvalidInput

COLUMNS = ("id_a", "id_b", "match")
YES = frozenset({"1", "1.0", "true", "t", "yes", "y", "match", "merge", "same", "duplicate", "x"})
NO = frozenset(
    {"0", "0.0", "false", "f", "no", "n", "distinct", "different", "nomatch", "no match"}
)
UNSURE = frozenset({"", "?", "unsure", "skip", "maybe", "unknown"})
_FIRST_LINES = 50


class BadLine(NamedTuple):
    """A line of the file that is no answer, 1 being its first line, and why."""

    line: int
    why: str


@dataclass(slots=True)
class Answers:
    """What was said of pairs of positions, the smaller first; of ``unsure`` ones nothing was."""

    judged: dict[tuple[int, int], bool] = field(default_factory=dict)
    unsure: int = 0
    bad: list[BadLine] = field(default_factory=list)


def read_answers(path: Path, ids: RowIds) -> Answers:
    """Read a file with columns ``id_a``, ``id_b`` and ``match``, in any order and among others.

    Raises:
        InvalidInput: it cannot be read, or has no such columns.
    """
    answers = Answers()
    with open_table(path) as table:
        dialect = table.split.dialect
        with table.path.open(encoding="utf-8", errors="replace", newline="") as file:
            reader = csv.reader(
                file,
                delimiter=dialect.delimiter if dialect.plain else ",",
                quotechar=dialect.quotechar or None,
                quoting=csv.QUOTE_MINIMAL if dialect.quotechar else csv.QUOTE_NONE,
            )
            lines = ((reader.line_num, [cell.strip() for cell in row]) for row in reader)
            _read_lines(lines, path, ids, answers)
    return answers


def _read_lines(
    lines: Iterator[tuple[int, Sequence[str]]], path: Path, ids: RowIds, answers: Answers
) -> None:
    places = _find_places(lines, path)
    told: dict[tuple[int, int], int] = {}
    for line, cells in lines:
        if not any(cells):
            continue
        try:
            pair, match = _read_answer(cells, places, ids)
        except ValueError as error:
            answers.bad.append(BadLine(line, str(error)))
            continue
        if match is None:
            answers.unsure += 1
        elif answers.judged.setdefault(pair, match) is not match:
            answers.bad.append(BadLine(line, f"says the contrary of line {told[pair]}"))
        else:
            told.setdefault(pair, line)


def _find_places(lines: Iterator[tuple[int, Sequence[str]]], path: Path) -> Mapping[str, int]:
    """Find the columns in the header, which is among the first lines."""
    for line, cells in lines:
        titles = [cell.lstrip("\ufeff").casefold() for cell in cells]
        if set(COLUMNS) <= set(titles):
            return {name: titles.index(name) for name in COLUMNS}
        if line >= _FIRST_LINES:
            break
    raise InvalidInput(f"{path} needs a header with the columns {', '.join(COLUMNS)}.")


def _read_answer(
    cells: Sequence[str], places: Mapping[str, int], ids: RowIds
) -> tuple[tuple[int, int], bool | None]:
    """Read one line.

    Raises:
        ValueError: it is no answer; the text says why.
    """
    told = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
    match = _read_match(told["match"])
    left, right = (_require_position(told[name], ids) for name in ("id_a", "id_b"))
    if left == right:
        raise ValueError(f"{told['id_a']} is paired with itself")
    return (min(left, right), max(left, right)), match


def _read_match(text: str) -> bool | None:
    word = text.casefold()
    if word in UNSURE:
        return None
    if word in YES or word in NO:
        return word in YES
    raise ValueError(f"{text!r} is no answer; write 1 or 0, yes or no, match or distinct")


def _require_position(text: str, ids: RowIds) -> int:
    position = ids.get_position(text)
    if position is None:
        what = f"the column {ids.name!r} has no value" if ids.name else "there is no row"
        raise ValueError(f"{what} {text!r}" if text else "an id is missing")
    return position
