"""Dialects: how a delimited text separates, quotes and heads its values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to cut a text into cells.

    ``header_row`` counts the non-blank records above the header, a ``sep=`` line aside;
    None means the file has no header and its first record is data. ``skip_space`` allows blanks
    before an opening quote.
    """

    delimiter: str = ","
    quotechar: str = '"'
    header_row: int | None = 0
    separator_line: bool = False
    skip_space: bool = False

    @property
    def blank(self) -> str:
        """The characters a record without any value consists of."""
        return f" \t\r\n\x1a{self.delimiter}{self.quotechar}"

    def to_json(self) -> dict[str, Any]:
        """Give the dialect as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Take the dialect from what :meth:`to_json` gave."""
        return cls(**data)
