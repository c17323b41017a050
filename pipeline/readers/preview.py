"""Previews: how a prepared file is read, as plain values, and its table row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline.readers.delimited import Split, read_batch_rows
from pipeline.readers.files import FilePlan

HEAD_BYTES = 1 << 16
ENDS = ("\r\n", "\n", "\r")


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file is read: the plan, what stands around its table, and its first rows."""

    plan: FilePlan
    split: Split
    line_ends: Sequence[str]
    first_rows: Sequence[Sequence[str]]

    def to_json(self) -> dict[str, Any]:
        """Give the preview as plain JSON values."""
        plan, dialect = self.plan.to_json(), self.plan.dialect
        single = self.split.dialect.width <= 1
        return {
            **{name: value for name, value in plan.items() if name not in {"dialect", "mapping"}},
            "dialect": {
                "delimiter": None if single or not dialect.delimiter else dialect.delimiter,
                "quotechar": dialect.quotechar or None,
                "escape": "backslash" if dialect.escape else "double",
                "line_ends": list(self.line_ends),
                "skip_space": dialect.skip_space,
                "aligned": dialect.aligned,
            },
            "header_row": dialect.header_row,
            "header_rows": 0 if dialect.header_row is None else dialect.header_rows,
            "preamble": list(self.split.preamble),
            "footer": list(self.split.footer),
            "rows": self.split.rows,
            "broken": self.split.broken,
            "titles": list(self.split.titles),
            "columns": [asdict(column) for column in self.plan.mapping.describe(self.split.sample)],
            "first_rows": list(self.first_rows),
        }


def preview_of(path: Path, plan: FilePlan, split: Split, rows: int) -> Preview:
    """Give the preview of a file prepared at ``path``, with so many of its first rows."""
    first = islice(iterate_rows(path, split), 1 if split.titles else 0, None)
    return Preview(plan, split, _line_ends(path), list(islice(first, rows)))


def iterate_rows(path: Path, split: Split) -> Iterator[list[str]]:
    """Give the table of a prepared file as read: its header, if it has one, and every record."""
    return chain([split.titles] if split.titles else [], _records(path, split))


def _records(path: Path, split: Split) -> Iterator[list[str]]:
    for part in split.batches:
        batch = read_batch_rows(path, *part, split.dialect)
        if batch.outside:
            yield from (
                row for n, row in enumerate(batch.cells, batch.first) if n not in batch.outside
            )
        else:
            yield from batch.cells


def _line_ends(path: Path) -> list[str]:
    """Find the line ends of a file's beginning, the most common first."""
    with path.open(encoding="utf-8", newline="", errors="replace") as file:
        text = file.read(HEAD_BYTES)
    both = text.count("\r\n")
    counts = (both, text.count("\n") - both, text.count("\r") - both)
    return [end for count, end in sorted(zip(counts, ENDS, strict=True), reverse=True) if count]
