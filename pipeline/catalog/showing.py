"""What a trial of a source found, as a table: a column for each field, a row for each record."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.records import FIELDS, RawRecord

EMAIL, PHONE = "email", "phone"
_SEPARATOR = "; "


def values_of(record: RawRecord) -> dict[str, str]:
    """Give all that a record says, by field; several values of one are put together."""
    lists = {EMAIL: _SEPARATOR.join(record.emails), PHONE: _SEPARATOR.join(record.phones)}
    values = {**record.fields, **lists, **record.custom}
    return {name: value for name, value in values.items() if value}


def columns_of(records: Iterable[RawRecord], wanted: Sequence[str] = ()) -> list[str]:
    """Give the columns of a table of records: the ``wanted`` ones, and whatever else was found."""
    found = dict.fromkeys(name for record in records for name in values_of(record))
    known = [name for name in FIELDS if name in found and name not in wanted]
    return list(dict.fromkeys([*wanted, *known, *found]))


def filled(records: Sequence[RawRecord], columns: Iterable[str]) -> dict[str, int]:
    """Give for each column how many of the records have a value."""
    rows = [values_of(record) for record in records]
    return {name: sum(name in row for row in rows) for name in columns}


def wanted_fields(params: Mapping[str, object]) -> list[str]:
    """Give the fields that a source is told to read, so that those it never finds show."""
    rules = [params.get(name) for name in ("fields", "custom", "detail_fields", "detail_custom")]
    return list(dict.fromkeys(name for one in rules if isinstance(one, dict) for name in one))
