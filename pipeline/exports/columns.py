"""What an export holds: one flat row per lead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pipeline.readers.own_export import COLUMNS

LeadRow = Mapping[str, object]
"""A lead by :data:`COLUMNS`; ``custom`` holds its custom fields by name."""


class Exporter(Protocol):
    """Writes leads in one format."""

    @property
    def media_type(self) -> str:
        """The type to serve the file as."""
        ...

    @property
    def suffix(self) -> str:
        """The end of the file's name, with its dot."""
        ...

    def write(self, rows: Iterable[LeadRow], custom: Sequence[str] = ()) -> Iterator[str]:
        """Give the export in chunks of text. ``custom`` names the custom fields to write."""
        ...


def custom_fields(row: LeadRow) -> Mapping[str, object]:
    """Give a lead's custom fields, if it has any."""
    custom = row.get("custom")
    return custom if isinstance(custom, Mapping) else {}


__all__ = ["COLUMNS", "Exporter", "LeadRow", "custom_fields"]
