"""Finding leads: keyset pages with filter, sort and text search, and counts by status.

A page costs the same at any depth: each continues after the last row of the one before it.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.database.dialects import in_values
from pipeline.errors import InvalidInput
from pipeline.leads.models import STATUSES, Lead, Sighting

PAGE = 50
COUNT_LIMIT = 10_000
"""Up to here a count under a text search is exact; beyond, it says "more than"."""

Rows = Select[*tuple[Any, ...]]
"""A query that reads whatever it reads."""

_PHONE_LIKE = re.compile(r"[-+/.()\s]*(?:\d[-+/.()\s]*){3,}")
_COLUMNS: Mapping[str, InstrumentedAttribute[Any]] = {
    "name": Lead.name,
    "company": Lead.company,
    "email": Lead.email,
    "source": Lead.source,
    "updated": Lead.updated_at,
}
SORTS = ("added", *_COLUMNS, "status")


@dataclass(frozen=True, slots=True)
class Search:
    """Which leads, in which order. ``sort`` is a name of :data:`SORTS`, ``-`` before it reverses.

    Blank values come last in either direction. ``run_id`` keeps the leads that a run has seen.
    """

    status: str | None = None
    text: str = ""
    source: str | None = None
    run_id: int | None = None
    sort: str = "-added"

    @property
    def narrowed(self) -> bool:
        """Whether anything but the status narrows this search."""
        return bool(self.text or self.source or self.run_id)


@dataclass(frozen=True, slots=True)
class Page:
    """Some leads, and where the next page begins; None at the end."""

    leads: Sequence[Lead]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Leads by status. ``exact`` is false where counting stopped at :data:`COUNT_LIMIT`."""

    by_status: Mapping[str, int]
    exact: bool

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())


def find_page(db: Session, search: Search, *, cursor: str | None = None, limit: int = PAGE) -> Page:
    """Give the page of leads that begins at ``cursor``.

    Raises:
        InvalidInput: an unknown status or sort, or a cursor of another search.
    """
    phases = _phases(search)
    phase, after = _read_cursor(search, cursor, len(phases))
    leads: list[Lead] = []
    while phase < len(phases) and len(leads) <= limit:
        query = narrow(select(Lead), search)
        query = phases[phase].apply(query, after).limit(limit + 1 - len(leads))
        found = db.scalars(query).all()
        if len(leads) + len(found) > limit:
            page = [*leads, *found][:limit]
            return Page(page, _write_cursor(search, phases, page[-1]))
        leads += found
        phase, after = phase + 1, None
    return Page(leads, None)


def select_all(query: Rows, search: Search) -> list[Rows]:
    """Give the statements that, one after the other, read the whole list of a search in its order.

    ``query`` says what to read of each lead.

    Raises:
        InvalidInput: an unknown status or sort.
    """
    filtered = narrow(query, search)
    return [phase.apply(filtered, None) for phase in _phases(search)]


def count_by_status(db: Session, search: Search) -> Counts:
    """Count the leads of each status; the search's own status does not narrow this."""
    search = replace(search, status=None)
    zero = dict.fromkeys(STATUSES, 0)
    statuses = narrow(select(Lead.status), search)
    if not search.narrowed:
        query = select(Lead.status, func.count()).group_by(Lead.status)
        return Counts({**zero, **{status: count for status, count in db.execute(query)}}, True)  # noqa: C416 - typed pairs
    bounded = statuses.limit(COUNT_LIMIT + 1).subquery()
    query = select(bounded.c.status, func.count()).group_by(bounded.c.status)
    found = {status: count for status, count in db.execute(query)}  # noqa: C416 - typed pairs
    return Counts({**zero, **found}, sum(found.values()) <= COUNT_LIMIT)


def find_by_ids(db: Session, ids: Sequence[int]) -> list[Lead]:
    """Give the leads among these ids that exist, the newest first."""
    query = select(Lead).where(in_values(db, Lead.id, ids)).order_by(Lead.id.desc())
    return list(db.scalars(query))


def find_sources(db: Session, *, limit: int = 50) -> list[str]:
    """Give the names of sources that leads bear, in alphabetical order.

    Hops from name to name through the index, so it does not matter how many leads there are.
    """
    names: list[str] = []
    last = ""
    while len(names) < limit:
        name = db.scalar(select(func.min(Lead.source)).where(Lead.source > last))
        if name is None:
            break
        names.append(name)
        last = name
    return names


def narrow(query: Rows, search: Search) -> Rows:
    """Narrow a query to the leads of a search, in no order.

    Raises:
        InvalidInput: an unknown status.
    """
    if search.status is not None:
        if search.status not in STATUSES:
            raise InvalidInput(f"Unknown status; use one of {', '.join(STATUSES)}.")
        query = query.where(Lead.status == search.status)
    if search.source is not None:
        query = query.where(Lead.source == search.source)
    if search.run_id is not None:
        query = query.where(_seen_in(search.run_id))
    if text := search.text.strip():
        query = query.where(matches_text(text))
    return query


def matches_text(text: str) -> ColumnElement[bool]:
    """Say that every word of ``text`` stands in a lead's name, e-mail, phone or company."""
    if _PHONE_LIKE.fullmatch(text):
        # Stored as E.164, so neither the writer's spaces nor a trunk zero stand in it.
        digits = re.sub(r"\D", "", text).lstrip("0")
        return or_(Lead.phone.contains(digits), _word_matches(text))
    return and_(*(_word_matches(word) for word in text.split()))


def _word_matches(word: str) -> ColumnElement[bool]:
    columns = (Lead.name, Lead.email, Lead.phone, Lead.company)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _seen_in(run_id: int) -> ColumnElement[bool]:
    return exists().where(
        Sighting.lead_id == Lead.id,
        or_(Sighting.run_id == run_id, Sighting.last_run_id == run_id),
        Sighting.withdrawn_by.is_(None),
    )


@dataclass(frozen=True, slots=True)
class _Phase:
    """A stretch of the sorted list: rows that fulfil ``where``, in order of ``column`` and id."""

    column: InstrumentedAttribute[Any] | None
    where: ColumnElement[bool] | None
    descending: bool

    def apply(self, query: Rows, after: tuple[Any, int] | None) -> Rows:
        """Narrow a query to this stretch, sort it, and begin behind ``after``."""
        keys = (Lead.id,) if self.column is None else (self.column, Lead.id)
        if self.where is not None:
            query = query.where(self.where)
        if after is not None:
            values = after[1:] if self.column is None else after
            bounds = (literal(value, key.type) for key, value in zip(keys, values, strict=True))
            here, there = tuple_(*keys), tuple_(*bounds)
            query = query.where(here < there if self.descending else here > there)
        return query.order_by(*(key.desc() if self.descending else key for key in keys))


def _phases(search: Search) -> list[_Phase]:
    """Give the stretches whose concatenation is the sorted list; each walks one index."""
    name, descending = search.sort.removeprefix("-"), search.sort.startswith("-")
    if name == "added":
        return [_Phase(None, None, descending)]
    if name == "status":
        order = reversed(STATUSES) if descending else STATUSES
        return [_Phase(None, Lead.status == status, True) for status in order]
    column = _COLUMNS.get(name)
    if column is None:
        raise InvalidInput(f"Unknown sort; use one of {', '.join(SORTS)}, with - to reverse.")
    if not column.nullable:
        return [_Phase(column, None, descending)]
    filled = _Phase(column, column.is_not(None), descending)
    return [filled, _Phase(None, column.is_(None), descending)]


def _write_cursor(search: Search, phases: Sequence[_Phase], last: Lead) -> str:
    name = search.sort.removeprefix("-")
    if name == "status":
        statuses = STATUSES[::-1] if search.sort.startswith("-") else STATUSES
        phase, value = statuses.index(last.status), None
    else:
        value = None if name == "added" else getattr(last, _COLUMNS[name].key)
        phase = 1 if len(phases) > 1 and value is None else 0
    parts = [search.sort, phase, value, last.id]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def _read_cursor(
    search: Search, cursor: str | None, phases: int
) -> tuple[int, tuple[Any, int] | None]:
    if not cursor:
        return 0, None
    try:
        sort, phase, value, last_id = orjson.loads(base64.urlsafe_b64decode(cursor + "=="))
        if search.sort.removeprefix("-") == "updated":
            value = datetime.fromisoformat(value)
        fits = sort == search.sort and phase in range(phases) and isinstance(last_id, int)
    except (ValueError, TypeError):
        fits = False
    if not fits:
        raise InvalidInput("This cursor belongs to no such list; begin at its first page.")
    return phase, (value, last_id)
