"""Our own exports, read back: their header, and the exact inverse of how they write a cell."""

from collections.abc import Mapping, Sequence

from pipeline.normalize.formulas import guard_formula
from pipeline.normalize.formulas import unguard_formula as decode_cell
from pipeline.readers.header_words import LABEL

__all__ = [
    "COLUMNS",
    "LIST_SEPARATOR",
    "custom_column",
    "decode_cell",
    "is_own_header",
    "own_cells",
    "own_kinds",
    "own_names",
]

LIST_SEPARATOR = "; "
"""What stands between several values in one cell."""

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


def own_cells(values: Mapping[str, str], custom: Mapping[str, str]) -> dict[str, str]:
    """Give a lead of an own export of another format as its cells in CSV, by their columns."""
    cells = {name: guard_formula(values.get(name, "")) for name in COLUMNS}
    for name, value in custom.items():
        cells[guard_formula(custom_column(name))] = guard_formula(value)
    return cells


def own_names(header: Sequence[str]) -> list[str]:
    """Give the names of an own export's columns, custom fields under their own name."""
    names = [decode_cell(name) for name in header]
    return [*names[: len(COLUMNS)], *(n.removeprefix(_CUSTOM) for n in names[len(COLUMNS) :])]


def own_kinds(header: Sequence[str]) -> list[str]:
    """Give the kinds of an own export's columns."""
    return [*_KINDS.values(), *[""] * (len(header) - len(COLUMNS))]
