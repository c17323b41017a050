"""Our own exports, read back: their header, and the exact inverse of how they write a cell."""

from collections.abc import Sequence

from pipeline.normalize.formulas import unguard_formula as decode_cell
from pipeline.readers.header_words import LABEL

__all__ = ["COLUMNS", "custom_column", "decode_cell", "is_own_header", "own_kinds", "own_names"]

_KINDS = {
    "id": LABEL,
    "name": "name",
    "email": "email",
    "phone": "phone",
    "status": "status",
    "source": "source",
    "created_at": LABEL,
    "updated_at": LABEL,
    "company": "company",
    "title": "title",
    "website": "website",
    "other_emails": "email",
    "other_phones": "phone",
}
COLUMNS = tuple(_KINDS)
"""The columns of an export, in order: the eight of a lead, then what else is known of it."""

_CUSTOM = "custom:"


def custom_column(name: str) -> str:
    """Give the column of a custom field; one named like a column of ours is told apart."""
    return _CUSTOM + name if name in _KINDS or name.startswith(_CUSTOM) else name


def is_own_header(header: Sequence[str]) -> bool:
    """Whether a header is one of our exports'."""
    return tuple(header[: len(COLUMNS)]) == COLUMNS


def own_names(header: Sequence[str]) -> list[str]:
    """Give the names of an own export's columns, custom fields under their own name."""
    names = [decode_cell(name) for name in header]
    return [*names[: len(COLUMNS)], *(n.removeprefix(_CUSTOM) for n in names[len(COLUMNS) :])]


def own_kinds(header: Sequence[str]) -> list[str]:
    """Give the kinds of an own export's columns."""
    return [*_KINDS.values(), *[""] * (len(header) - len(COLUMNS))]
