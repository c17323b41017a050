"""Leads with all that lives on in them, as the ledger tells them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pipeline.database.dialects import find_rows, in_values, table_of
from pipeline.leads.models import Lead, Sighting
from pipeline.leads.values import RESTORABLE
from pipeline.merges.folding import Sources
from pipeline.merges.models import Merge
from pipeline.operations.folding import Values
from pipeline.operations.models import Change, Operation

_FIELDS = (*RESTORABLE, "origins")
_LEAD = [getattr(Lead, name) for name in ("id", "version", "created_at", "updated_at", *_FIELDS)]


class Recorded(NamedTuple):
    """One change of a lead, with the operation that its operation undoes, if any."""

    id: int
    lead_id: int
    operation_id: int
    undoes: int | None
    action: str
    before: Values | None
    after: Values | None
    at: datetime
    merge_id: int | None


@dataclass(frozen=True, slots=True)
class Living:
    """A lead that exists."""

    values: Values
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Family:
    """Some leads and those that have been merged into them, with their ledgers.

    ``merges`` are all merges with one of them as the winner, those that were split included.
    """

    living: Mapping[int, Living]
    changes: Mapping[int, Sequence[Recorded]]
    merges: Mapping[int, Merge]
    sources: Sources

    def standing(self) -> dict[int, list[int]]:
        """Give the leads that live on in others, by those they were merged into."""
        losers: dict[int, list[int]] = {}
        for merge in self.merges.values():
            if merge.split_by is None:
                losers.setdefault(merge.winner_id, []).append(merge.loser_id)
        return losers


def find_members(losers: Mapping[int, Sequence[int]], lead_id: int) -> set[int]:
    """Give a lead and all that live on in it; ``losers`` is what :meth:`Family.standing` gives."""
    members: set[int] = set()
    waiting = [lead_id]
    while waiting:
        members.add(one := waiting.pop())
        waiting += losers.get(one, ())
    return members


def load_living(db: Session, lead_ids: Iterable[int]) -> dict[int, Living]:
    """Read and lock the leads among these that exist, in order of id."""
    wanted = in_values(db, Lead.id, sorted(set(lead_ids)))
    query = select(*_LEAD).where(wanted).order_by(Lead.id).with_for_update()
    living = {}
    for lead_id, version, created_at, updated_at, *values in db.execute(query):
        named = dict(zip(_FIELDS, values, strict=True))
        named["created_at"] = created_at.isoformat()
        living[lead_id] = Living(named, version, updated_at)
    return living


def load_sources(
    db: Session, living: Iterable[int], values: Iterable[Mapping[str, Any]]
) -> Sources:
    """Read what tells the age of values: of these living leads and all that live on in them."""
    columns = ("id", "lead_id", "home_id", "run_id")
    shown = find_rows(db, table_of(Sighting), columns, "lead_id", sorted(set(living)))
    firsts: dict[int, int] = {}
    for number, lead_id, home_id, _ in sorted(shown):
        firsts.setdefault(lead_id if home_id is None else home_id, number)
    runs = {number: run for number, _, _, run in shown}
    origins = {origin for one in values for origin in one.get("origins", {}).values() if origin}
    elsewhere = {int(origin[2:]) for origin in origins if origin.startswith("s:")} - runs.keys()
    if elsewhere:
        runs |= find_rows(db, table_of(Sighting), ("id", "run_id"), "id", sorted(elsewhere))
    return Sources(firsts, runs)


def load_family(db: Session, lead_ids: Iterable[int]) -> Family:
    """Read living leads and all that live on in them, in a constant number of statements a level.

    The caller holds the writers' lock.
    """
    merges, members = _find_merges(db, lead_ids)
    changes = _find_changes(db, members)
    living = load_living(db, members)
    told = [one.values for one in living.values()]
    for change in (change for some in changes.values() for change in some):
        told += [side for side in (change.before, change.after) if side]
    return Family(living, changes, merges, load_sources(db, living, told))


def find_merged_ever(db: Session, lead_ids: Iterable[int]) -> set[int]:
    """Give the leads among these that were ever part of a merge."""
    wanted = sorted(set(lead_ids))
    query = select(Merge.winner_id, Merge.loser_id).where(
        or_(in_values(db, Merge.winner_id, wanted), in_values(db, Merge.loser_id, wanted))
    )
    return {lead_id for pair in db.execute(query) for lead_id in pair}.intersection(wanted)


def _find_merges(db: Session, lead_ids: Iterable[int]) -> tuple[dict[int, Merge], set[int]]:
    merges: dict[int, Merge] = {}
    members: set[int] = set()
    level = set(lead_ids)
    while level:
        members |= level
        query = select(Merge).where(in_values(db, Merge.winner_id, sorted(level)))
        found = db.scalars(query.execution_options(populate_existing=True)).all()
        merges.update((one.id, one) for one in found)
        level = {one.loser_id for one in found if one.split_by is None} - members
    return merges, members


def _find_changes(db: Session, lead_ids: Iterable[int]) -> dict[int, list[Recorded]]:
    query = (
        select(
            *(Change.id, Change.lead_id, Change.operation_id, Operation.undoes, Change.action),
            *(Change.before, Change.after, Change.at, Change.merge_id),
        )
        .join(Operation, Operation.id == Change.operation_id)
        .where(in_values(db, Change.lead_id, sorted(lead_ids)))
        .order_by(Change.lead_id, Change.id)
    )
    recorded = (Recorded(*row) for row in db.execute(query))
    return {lead_id: list(some) for lead_id, some in groupby(recorded, attrgetter("lead_id"))}
