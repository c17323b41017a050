"""Fixes: what a person lets be read in the place of a value, wherever it stands in a file.

A fix is ``(field, value, replacement)``. It holds for the cells of all columns of that field,
before anything is normalized; what was published stays as it was in the provenance.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.errors import InvalidInput
from pipeline.normalize.emails import find_emails
from pipeline.normalize.phones import find_phones
from pipeline.records import FIELDS

Fix = tuple[str, str, str]

MAX_FIXES = 5_000
MAX_VALUE = 1_000
SEPARATOR = " ::: "
"""Stands between the values of one cell; every reader of cells understands it."""

_PARTS: Mapping[str, Callable[[str], list[str]]] = {"email": find_emails, "phone": find_phones}
_SHARED: Mapping[str, Sequence[str]] = {"contact": ("email", "phone")}


class FixTable:
    """Fixes by field and value; a table without fixes costs nothing."""

    def __init__(self, fixes: Iterable[Sequence[str]] = ()) -> None:
        self._tables: dict[str, dict[str, str]] = {}
        for field, value, replacement in fixes:
            self._tables.setdefault(field, {})[value.strip()] = replacement

    def __bool__(self) -> bool:
        return bool(self._tables)

    def to_json(self) -> dict[str, dict[str, str]]:
        """Give the fixes as plain values: by field and value, what shall be read instead."""
        return {field: dict(table) for field, table in self._tables.items()}

    def replace(self, field: str, cell: str) -> str:
        """Give what shall be read in a cell of a column of this field (or kind, as ``contact``).

        A value is fixed where it is the whole cell, but for blanks around it, and where it is one
        of several e-mails or phones in the cell.
        """
        for kind in _SHARED.get(field, (field,)):
            table = self._tables.get(kind)
            if table and cell:
                cell = _replace(table, cell, _PARTS.get(kind))
        return cell

    def replace_all(self, field: str, cells: list[str]) -> list[str]:
        """Give what shall be read in the cells of one column; without a fix, the list itself."""
        if self._tables.keys().isdisjoint(_SHARED.get(field, (field,))):
            return cells
        return [self.replace(field, cell) for cell in cells]


def check_fixes(fixes: Iterable[Sequence[str]]) -> list[Fix]:
    """Give fixes as they are kept with a run.

    Raises:
        InvalidInput: a fix names no field, is too long, or there are too many.
    """
    checked = [_check(fix) for fix in fixes]
    if len(checked) > MAX_FIXES:
        raise InvalidInput(f"Give at most {MAX_FIXES:,} fixes; better mend the file.")
    return checked


def _check(fix: Sequence[str]) -> Fix:
    try:
        field, value, replacement = fix
    except ValueError:
        raise InvalidInput("A fix names a field, a value and its replacement.") from None
    if field not in FIELDS:
        raise InvalidInput(f"There is no field {field!r} to fix. There are: {', '.join(FIELDS)}.")
    if not value.strip() or max(len(value), len(replacement)) > MAX_VALUE:
        raise InvalidInput(f"A fix needs a value, and at most {MAX_VALUE:,} characters.")
    return field, value, replacement


def _replace(
    table: Mapping[str, str], cell: str, find_parts: Callable[[str], list[str]] | None
) -> str:
    whole = table.get(cell.strip())
    if whole is not None or find_parts is None:
        return cell if whole is None else whole
    parts = find_parts(cell)
    if table.keys().isdisjoint(parts):
        return cell
    return SEPARATOR.join(part for part in (table.get(part, part) for part in parts) if part)
