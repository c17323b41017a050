"""The file that comes out: all rows and columns as they were, and what was found beside them."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import orjson

from pipeline.dedupe_file.table import Table, surplus_names
from pipeline.errors import InvalidInput
from pipeline.exports.workbook import MAX_CHARACTERS, MAX_COLUMNS, write_cells

ADDED = ("cluster", "confidence", "reasons")
"""The columns that stand behind the file's own, always under these names."""

BATCH = 500
Cells = Sequence[str]
Batches = Iterable[Sequence[Cells]]


def output_header(
    table: Table, width: int, added: Sequence[str] = ADDED
) -> tuple[list[str], dict[str, str]]:
    """Give the header of the output, and what its renamed columns are called in the file.

    Only a column that is called like an added one gets another name: whoever looks for a cluster
    must find ours, and the values of both stay apart. ``width`` is that of the widest row.
    """
    header = [*table.header, *surplus_names(len(table.header), width)]
    taken = {title.strip().casefold() for title in header} | set(added)
    renamed: dict[str, str] = {}
    for place, title in enumerate(header):
        if title.strip().casefold() in added:
            new = _original(title.strip(), taken)
            taken.add(new.casefold())
            renamed[new] = title
            header[place] = new
    return [*header, *added], renamed


def as_bytes(path: Path, header: Cells, rows: Iterable[Cells]) -> Iterator[bytes]:
    """Give the output in the format that the path's suffix names; CSV for any other.

    Raises:
        InvalidInput: such a file cannot hold the cells.
    """
    return FORMATS.get(path.suffix.lower(), _as_csv)(header, _in_batches(rows))


def _original(title: str, taken: Iterable[str]) -> str:
    names = (f"{title} (original{number})" for number in ("", *(f" {n}" for n in range(2, 1000))))
    return next(name for name in names if name.casefold() not in taken)


def _in_batches(rows: Iterable[Cells]) -> Iterator[list[Cells]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _as_csv(header: Cells, batches: Batches) -> Iterator[bytes]:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    for rows in batches:
        writer.writerows(rows)
        yield buffer.getvalue().encode("utf-8", "replace")
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def _as_workbook(header: Cells, batches: Batches) -> Iterator[bytes]:
    if len(header) > MAX_COLUMNS:
        raise InvalidInput(
            f"A workbook has {MAX_COLUMNS:,} columns, and these are {len(header):,}: "
            "write a .csv or .jsonl file."
        )
    return write_cells(header, map(_require_short, batches))


def _as_json_lines(header: Cells, batches: Batches) -> Iterator[bytes]:
    names = _apart(header)
    for rows in batches:
        lines = (dict(zip(names, row, strict=True)) for row in rows)
        yield b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)


def _require_short(rows: Sequence[Cells]) -> Sequence[Cells]:
    for row in rows:
        # A character may be two of UTF-16, in which a workbook counts.
        if any(len(cell) * 2 > MAX_CHARACTERS for cell in row) and any(
            len(cell.encode("utf-16-le", "replace")) // 2 > MAX_CHARACTERS for cell in row
        ):
            raise InvalidInput(
                f"A cell has more than {MAX_CHARACTERS:,} characters, which no workbook holds: "
                "write a .csv or .jsonl file."
            )
    return rows


def _apart(header: Cells) -> list[str]:
    """Tell apart columns of one name, whose values an object could not hold."""
    names: dict[str, None] = {}
    for title in header:
        tries = (title, *(f"{title} {number}" for number in range(2, len(header) + 2)))
        names[next(name for name in tries if name not in names)] = None
    return list(names)


FORMATS: Mapping[str, Callable[[Cells, Batches], Iterator[bytes]]] = MappingProxyType(
    {".csv": _as_csv, ".xlsx": _as_workbook, ".jsonl": _as_json_lines}
)
"""What is written, by the suffix of the file."""
