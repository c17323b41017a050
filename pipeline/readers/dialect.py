"""Dialects: how a delimited text separates, quotes and heads its values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to cut a text into cells, and which of its records are the table's.

    ``delimiter`` may be several characters; empty means a single column. ``aligned`` means that a
    run of delimiters counts as one. ``quotechar`` is empty if nothing is quoted; ``escape`` is
    a backslash if that lets a quote stand inside quotes. ``skip_space`` allows blanks before an
    opening quote.

    ``header_row`` counts the non-blank records above the header, a ``sep=`` line aside; None means
    the file has no header and its first record is data. From there, ``header_rows`` records are
    joined into the header. ``width`` is the number of cells that most records have, 0 if unknown,
    and ``kinds`` the type of most cells of each column (see :mod:`pipeline.readers.cell_types`).
    Records behind ``last_row`` (the first below the header is 1) are notes or other tables;
    a record equal to ``repeats`` is the header once more.
    """

    delimiter: str = ","
    quotechar: str = '"'
    header_row: int | None = 0
    separator_line: bool = False
    skip_space: bool = False
    escape: str = ""
    aligned: bool = False
    header_rows: int = 1
    width: int = 0
    kinds: tuple[str, ...] = ()
    last_row: int | None = None
    repeats: tuple[str, ...] = ()

    @property
    def blank(self) -> str:
        """The characters a record without any value consists of."""
        return f" \t\r\n\x1a{self.delimiter}{self.quotechar}"

    @property
    def plain(self) -> bool:
        """Whether the csv module cuts this dialect into the same cells as we do."""
        return len(self.delimiter) == 1 and not self.escape and not self.aligned

    def to_json(self) -> dict[str, Any]:
        """Give the dialect as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Take the dialect from what :meth:`to_json` gave."""
        known = {field.name for field in fields(cls)}
        plain = {name: value for name, value in data.items() if name in known}
        lists: dict[str, Any] = {
            name: tuple(plain[name]) for name in ("kinds", "repeats") if name in plain
        }
        return cls(**{**plain, **lists})
