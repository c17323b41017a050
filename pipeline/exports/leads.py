"""Reading leads for an export: a whole search, in its order, as one state of the database."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import Any

import orjson
from sqlalchemy import Text, cast, func, select, true
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values, iso_moment
from pipeline.database.engine import Database
from pipeline.exports.columns import COLUMNS, LeadRow
from pipeline.exports.limits import require_fitting
from pipeline.exports.registry import EXPORTERS
from pipeline.leads.models import Lead
from pipeline.leads.search import Rows, Search, narrow, select_all

BATCH = 500
"""Leads that are in memory at a time; more would be hardly quicker."""

EVERYTHING = Search(sort="added")
"""All leads in order of id."""

_NAMES = (*COLUMNS, "custom")
_LISTS = ("other_emails", "other_phones")
_MOMENTS = ("created_at", "updated_at")
_ALONG_AN_INDEX = frozenset({"added", "status"})


def write_leads(
    database: Database, file_format: str, search: Search = EVERYTHING
) -> Generator[bytes, None, None]:
    """Give all leads of a search in one of :data:`EXPORTERS`, in chunks that are never empty.

    They are read in one transaction, which ends with the last chunk or when the iterator is
    closed. What is refused is refused before the first chunk.

    Raises:
        InvalidInput: an unknown status or sort, or leads that the format cannot hold.
    """
    exporter = EXPORTERS[file_format]
    with database.snapshot() as db:
        custom = find_custom_fields(db, search) if exporter.flat else []
        require_fitting(db, exporter, search, custom)
        with closing(read_leads(db, search)) as leads:
            for chunk in exporter.write(leads, custom):
                if chunk:
                    yield chunk


def read_leads(db: Session, search: Search = EVERYTHING) -> Generator[list[LeadRow], None, None]:
    """Give the leads of a search in its order, some hundred at a time.

    Raises:
        InvalidInput: an unknown status or sort.
    """
    leads = select(*map(_column, _NAMES))
    if search.sort.removeprefix("-") in _ALONG_AN_INDEX:
        for query in select_all(leads, search):
            for rows in _stream(db, query):
                yield list(map(_decode, rows))
        return
    # Where the database may have to sort, it shall hold ids meanwhile, and not whole leads.
    for query in select_all(select(Lead.id), search):
        for rows in _stream(db, query):
            ids = [row[0] for row in rows]
            by_id = {lead[0]: lead for lead in read_chosen(db, ids)}
            yield [by_id[lead_id] for lead_id in ids]


def read_chosen(db: Session, ids: Sequence[int]) -> list[LeadRow]:
    """Give the leads among these ids that exist, in no order."""
    query = select(*map(_column, _NAMES)).where(in_values(db, Lead.id, ids))
    return list(map(_decode, db.execute(query)))


def find_custom_fields(db: Session, search: Search = EVERYTHING) -> list[str]:
    """Give the names of all custom fields that these leads have, in order of name.

    Raises:
        InvalidInput: an unknown status.
    """
    fields = func.json_each(Lead.custom).table_valued("key", "value")
    names = select(fields.c.key).distinct().select_from(Lead).join(fields, true())
    return sorted(db.scalars(narrow(names, search)))


def _column(name: str) -> Any:
    column = getattr(Lead, name)
    if name in _MOMENTS:
        return iso_moment(column)
    return cast(column, Text) if name in (*_LISTS, "custom") else column


def _stream(db: Session, query: Rows) -> Iterator[Sequence[Any]]:
    with db.execute(query, execution_options={"yield_per": BATCH}) as result:
        yield from result.partitions()


def _decode(row: Sequence[Any]) -> LeadRow:
    # Written out, since it is done for each of a million leads, most of which have no lists.
    *values, emails, phones, custom = row
    return (
        *values,
        [] if emails == "[]" else orjson.loads(emails),
        [] if phones == "[]" else orjson.loads(phones),
        {} if custom == "{}" else orjson.loads(custom),
    )
