"""Leads as the cells of a spreadsheet: a header and columns of text, none of which is a formula."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.exports.columns import COLUMNS, LeadRow
from pipeline.normalize.formulas import RISKY, guard_formula
from pipeline.readers.own_export import LIST_SEPARATOR, custom_column

_LISTS = frozenset({"other_emails", "other_phones"})
_HARMLESS = frozenset({"id", "status", "created_at", "updated_at"})


def header_cells(custom: Sequence[str]) -> list[str]:
    """Give the header: the columns of every lead, then the custom fields."""
    return [*COLUMNS, *(guard_formula(custom_column(name)) for name in custom)]


def lead_cells(leads: Sequence[LeadRow], custom: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """Give one row of cells per lead; what is not known is None."""
    *known, own = zip(*leads, strict=True)
    columns = [_cells(name, values) for name, values in zip(COLUMNS, known, strict=True)]
    columns += [_guarded([fields.get(name) for fields in own]) for name in custom]
    return zip(*columns, strict=True)


def _cells(name: str, values: Sequence[object]) -> Iterable[str | None]:
    if name == "id":
        return map(str, values)
    if name in _HARMLESS:
        return values  # type: ignore[return-value] # text that is never a formula
    if name in _LISTS:
        values = [LIST_SEPARATOR.join(several) if several else None for several in values]  # type: ignore[arg-type]
    return _guarded(values)  # type: ignore[arg-type]


def _guarded(values: Iterable[str | None]) -> list[str | None]:
    # Most cells begin harmlessly; telling so by one character keeps a million leads quick.
    return [guard_formula(text) if text and text[0] in RISKY else text for text in values]
