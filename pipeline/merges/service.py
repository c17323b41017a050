"""Merging leads, splitting them again, and merging them again when a split is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import bulk_insert, driver_moment, reserve_ids, table_of
from pipeline.errors import Conflict, LeadNotFound
from pipeline.leads.rewriting import Rewrite, rewrite_leads
from pipeline.merges.families import (
    Family,
    Living,
    find_members,
    load_family,
    load_living,
    load_sources,
)
from pipeline.merges.folding import Sources, fold
from pipeline.merges.following import find_canonical
from pipeline.merges.homes import bring_home, take_along
from pipeline.merges.models import Merge
from pipeline.merges.replaying import Replayed, replay
from pipeline.operations.folding import Values
from pipeline.operations.ledger import open_operation
from pipeline.operations.models import Operation

MERGE, SPLIT = "merge", "split"
"""The kinds of operation that merge and split leads."""

_COLUMNS = ("id", "operation_id", "winner_id", "loser_id", "loser_values", "match_id", "at")

__all__ = ["find_canonical", "merge_all", "merge_leads", "rejoin", "split_apart", "split_lead"]


def merge_leads(
    db: Session,
    winner_id: int,
    loser_id: int,
    *,
    operation: Operation | None = None,
    match_id: int | None = None,
) -> Operation:
    """Merge one lead into another; nothing of either is lost. Give the operation.

    ``operation`` is the one that the merge belongs to; without one it is an operation of its own.
    The caller holds the writers' lock, and indexes both leads anew afterwards.

    Raises:
        LeadNotFound: one of them does not live.
        Conflict: they are one lead.
    """
    return merge_all(db, [(winner_id, loser_id)], operation=operation, match_id=match_id)


def merge_all(
    db: Session,
    pairs: Sequence[tuple[int, int]],
    *,
    operation: Operation | None = None,
    match_id: int | None = None,
) -> Operation:
    """Merge pairs of winner and loser, in this order, in few statements however many.

    Give the operation that they belong to. The caller holds the writers' lock.

    Raises:
        LeadNotFound: a lead does not live, or no longer when its turn comes.
        Conflict: a lead would be merged into itself.
    """
    living = load_living(db, {lead_id for pair in pairs for lead_id in pair})
    _require_mergeable(pairs, living)
    operation = operation or open_operation(db, MERGE)
    sources = load_sources(db, living, [one.values for one in living.values()])
    folded = _fold_in_turn(pairs, living, sources)
    numbers = reserve_ids(db, table_of(Merge), len(pairs))
    at = driver_moment(db, utc_now())
    rows, rewrites = [], []
    for number, (winner, loser), (before, other, after) in zip(numbers, pairs, folded, strict=True):
        told = orjson.dumps(_told(other, living[loser].updated_at)).decode()
        rows.append((number, operation.id, winner, loser, told, match_id, at))
        rewrites.append(Rewrite(winner, before, after, number))
        rewrites.append(Rewrite(loser, other, None, number))
    bulk_insert(db, table_of(Merge), _COLUMNS, rows)
    rewrite_leads(db, operation, rewrites, _versions(living))
    above = {loser: winner for winner, loser in pairs}
    take_along(db, {loser: _head(above, loser) for loser in above})
    db.flush()
    return operation


def split_lead(db: Session, lead_id: int) -> Operation:
    """Take a merged lead out of the lead it was merged into: both are as if never merged.

    What has been merged into it comes along. The caller holds the writers' lock, and indexes both
    leads anew afterwards.

    Raises:
        LeadNotFound: there is no such lead, or it is not merged.
        Conflict: the lead that it was merged into has been deleted since.
    """
    query = select(Merge).where(Merge.loser_id == lead_id, Merge.split_by.is_(None))
    merge = db.scalar(query)
    if merge is None:
        raise LeadNotFound(f"There is no lead {lead_id} that was merged into another.")
    operation = open_operation(db, SPLIT)
    if not split_apart(db, [merge], operation):
        raise Conflict(
            f"Lead {lead_id} was merged into lead {merge.winner_id}, which was deleted since; "
            "undo that first."
        )
    return operation


def split_apart(
    db: Session, merges: Iterable[Merge], operation: Operation
) -> list[tuple[Merge, int]]:
    """Take merges back; give each with the lead that its loser was a part of until now.

    Left out are those whose lead has been deleted since. The caller holds the writers' lock.
    """
    wanted = sorted({one for one in merges if one.split_by is None}, key=lambda one: one.id)
    roots = _roots(db, (one.winner_id for one in wanted))
    family = load_family(db, set(roots.values()))
    parted = [
        (one, roots[one.winner_id]) for one in wanted if roots[one.winner_id] in family.living
    ]
    for merge, _ in parted:
        merge.split_by = operation.id
    replayed = replay(family)
    _note_losers(family, replayed)
    rewrites = []
    final = {root: merge.id for merge, root in parted}
    for merge, root in parted:
        loser = replayed[merge.loser_id]
        rewrites.append(Rewrite(merge.loser_id, None, loser.values, merge.id, loser.updated_at))
        before = family.living[root].values
        # One change for each split, the last of which says what they have done together.
        after = replayed[root].values if final[root] == merge.id else before
        rewrites.append(Rewrite(root, before, after, merge.id, replayed[root].updated_at))
    rewrite_leads(db, operation, rewrites, _versions(family.living))
    losers = family.standing()
    for merge, root in parted:
        bring_home(db, merge.loser_id, find_members(losers, merge.loser_id), root)
    db.flush()
    return parted


def rejoin(
    db: Session, merges: Iterable[Merge], operation: Operation
) -> tuple[list[Merge], list[Merge]]:
    """Let merges that were split stand again; give those that do, and those that cannot.

    They cannot where a lead is gone, or has become a part of another one since. The caller holds
    the writers' lock.
    """
    wanted = sorted({one for one in merges if one.split_by is not None}, key=lambda one: one.id)
    heads = _roots(db, {lead for one in wanted for lead in (one.winner_id, one.loser_id)})
    family = load_family(db, set(heads.values()))
    joined: list[Merge] = []
    above: dict[int, int] = {}
    for merge in wanted:
        root = _head(above, heads[merge.winner_id])
        alive = {root, merge.loser_id} <= family.living.keys()
        if alive and root != merge.loser_id and merge.loser_id not in above:
            above[merge.loser_id] = root
            joined.append(merge)
    for merge in joined:
        merge.split_by = None
    replayed = replay(family)
    _note_losers(family, replayed)
    rewrites = []
    final = {_head(above, merge.loser_id): merge.id for merge in joined}
    for merge in joined:
        root = _head(above, merge.loser_id)
        before = family.living[root].values
        after = replayed[root].values if final[root] == merge.id else before
        rewrites.append(Rewrite(root, before, after, merge.id, replayed[root].updated_at))
        loser = family.living[merge.loser_id].values
        rewrites.append(Rewrite(merge.loser_id, loser, None, merge.id))
    rewrite_leads(db, operation, rewrites, _versions(family.living))
    take_along(db, {loser: _head(above, loser) for loser in above})
    db.flush()
    return joined, [merge for merge in wanted if merge.split_by is not None]


def _require_mergeable(pairs: Iterable[tuple[int, int]], living: Mapping[int, Living]) -> None:
    alive = set(living)
    for winner, loser in pairs:
        if winner == loser:
            raise Conflict(f"Lead {winner} cannot be merged into itself.")
        for lead_id in (winner, loser):
            if lead_id not in alive:
                raise LeadNotFound(f"There is no lead {lead_id}.")
        alive.remove(loser)


def _fold_in_turn(
    pairs: Iterable[tuple[int, int]], living: Mapping[int, Living], sources: Sources
) -> list[tuple[Values, Values, Values]]:
    """Give for each merge the winner before, the loser, and the winner after it."""
    now = {lead_id: one.values for lead_id, one in living.items()}
    folded = []
    for winner, loser in pairs:
        before, other = now[winner], now.pop(loser)
        now[winner] = fold((winner, before), (loser, other), sources)
        folded.append((before, other, now[winner]))
    return folded


def _roots(db: Session, lead_ids: Iterable[int]) -> dict[int, int]:
    """Give for each lead the one that lives in its place: itself, unless it was merged."""
    wanted = set(lead_ids)
    return {**{lead_id: lead_id for lead_id in wanted}, **find_canonical(db, wanted)}


def _head(above: Mapping[int, int], lead_id: int) -> int:
    while lead_id in above:
        lead_id = above[lead_id]
    return lead_id


def _note_losers(family: Family, replayed: Mapping[int, Replayed]) -> None:
    """Let each merge that stands tell its loser's values with the merges that stand now."""
    for merge in family.merges.values():
        if merge.split_by is not None:
            continue
        loser = replayed[merge.loser_id]
        told = _told(loser.values, loser.updated_at)
        if merge.loser_values != told:
            merge.loser_values = told


def _told(values: Values, updated_at: datetime) -> Values:
    return {**values, "updated_at": updated_at.isoformat()}


def _versions(living: Mapping[int, Living]) -> dict[int, int]:
    return {lead_id: one.version for lead_id, one in living.items()}
