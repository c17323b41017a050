"""What an export holds: one flat row per lead."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.readers.own_export import COLUMNS

LeadRow = tuple[Any, ...]
"""A lead's values in the order of :data:`COLUMNS`, then a dict of its custom fields.

Moments are ISO 8601 text in UTC, other e-mails and phones lists; what is not known is None.
"""

Batches = Iterable[Sequence[LeadRow]]
"""Leads, some hundred at a time, in the order in which they are to be written."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. ``write`` takes leads and the names of custom fields, and gives chunks of bytes.

    ``title`` is what people call it, ``suffix`` the end of the file's name, with its dot. In a
    ``flat`` format custom fields are columns, so their names must be known before the first lead;
    the others are given none.
    ``max_columns`` and ``max_characters`` (of one value, in UTF-16) bound what the format can hold.
    """

    title: str
    media_type: str
    suffix: str
    write: Callable[[Batches, Sequence[str]], Iterator[bytes]]
    flat: bool = False
    max_columns: int | None = None
    max_characters: int | None = None


__all__ = ["COLUMNS", "Batches", "Exporter", "LeadRow"]
