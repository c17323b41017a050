"""Reading leads for an export: in short reads by id, however many there are."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Text, cast, select

from pipeline.database.engine import Database
from pipeline.exports.columns import COLUMNS, LeadRow
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.models import Lead

PAGE = 2_000
_Rows = Select[*tuple[Any, ...]]
_COLUMNS = [getattr(Lead, name) for name in (*COLUMNS, "custom")]


def write_leads(
    database: Database, file_format: str, *, status: str | None = None
) -> Iterator[str]:
    """Give all leads, or those of one status, in one of :data:`EXPORTERS`, in chunks of text.

    Leads that are created or deleted meanwhile may be in it or not; no other is left out.
    """
    exporter = EXPORTERS[file_format]
    custom = find_custom_fields(database, status) if exporter.suffix == ".csv" else []
    return exporter.write(read_leads(database, status), custom)


def read_leads(database: Database, status: str | None = None) -> Iterator[LeadRow]:
    """Give leads in order of id, each page a read of its own, so that none is held open."""
    for row in _read_pages(database, _of_status(select(*_COLUMNS), status)):
        yield dict(zip((*COLUMNS, "custom"), row, strict=True))


def find_custom_fields(database: Database, status: str | None = None) -> list[str]:
    """Give the names of all custom fields that these leads have, in order of name."""
    names: set[str] = set()
    query = select(Lead.id, Lead.custom).where(cast(Lead.custom, Text) != "{}")
    for _, custom in _read_pages(database, _of_status(query, status)):
        names.update(custom)
    return sorted(names)


def _of_status(query: _Rows, status: str | None) -> _Rows:
    return query if status is None else query.where(Lead.status == status)


def _read_pages(database: Database, query: _Rows) -> Iterator[tuple[Any, ...]]:
    last = 0
    while True:
        with database.read() as db:
            rows = db.execute(query.where(Lead.id > last).order_by(Lead.id).limit(PAGE)).all()
        if not rows:
            return
        yield from map(tuple, rows)
        last = rows[-1][0]
