"""What people say of two leads, kept between the records that their sources published.

A judgement is found by the digests of sightings. So it holds for whichever leads bear these
records now: after merges, splits, a deletion and another import of the same file.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from pipeline.database.dialects import bulk_update, in_values, table_of
from pipeline.errors import Conflict
from pipeline.leads.models import Sighting
from pipeline.matches.models import Judgement
from pipeline.operations.models import Operation

REMEMBERED = 3
"""A judgement holds between so many sightings of each lead, those seen last."""

Pair = tuple[int, int]
"""Two leads, the smaller id first."""

# Asked for each lead that is entered; making the statement takes longer than running it.
_IS_ANY = select(exists().where(Judgement.withdrawn_by.is_(None)))


class _Seen(NamedTuple):
    """A standing sighting, and the lead that it belongs to now."""

    id: int
    lead_id: int
    digest: int


def judge(
    db: Session,
    pair: Pair,
    operation: Operation,
    *,
    is_same: bool,
    match_id: int | None = None,
    evidence: Mapping[str, Any] | None = None,
) -> None:
    """Keep what a person says of two living leads. Of several judgements the newest holds.

    ``evidence`` is what the pair was scored by, for learning.

    Raises:
        Conflict: one of them has no sighting to remember it by.
    """
    left, right = (_find_latest(db, lead_id) for lead_id in pair)
    # One answer teaches once, however many records it holds between.
    noted = [dict(evidence) if evidence is not None else None, *[None] * (REMEMBERED**2 - 1)]
    between = ((mine, other) for mine in left for other in right)
    db.add_all(
        Judgement(
            left_id=mine.lead_id,
            right_id=other.lead_id,
            left_sighting=mine.id,
            right_sighting=other.id,
            left_digest=mine.digest,
            right_digest=other.digest,
            is_same=is_same,
            match_id=match_id,
            operation_id=operation.id,
            actor=operation.actor,
            evidence=taught,
        )
        for (mine, other), taught in zip(between, noted, strict=False)
    )
    db.flush()


def find_judgements(db: Session, lead_ids: Collection[int]) -> Mapping[Pair, bool]:
    """Give the pairs of living leads, one of these among them, that people have judged.

    True where a person said that they are one. Takes a constant number of statements. A judgement
    whose record has come back with another lead is noted to hold for that one from now on.
    """
    if not lead_ids or not db.scalar(_IS_ANY):
        return {}
    asked: dict[int, list[_Seen]] = defaultdict(list)
    for seen in _find_seen(db, in_values(db, Sighting.lead_id, lead_ids)):
        asked[seen.digest].append(seen)
    judgements = _find_by_digest(db, asked)
    known = _find_recorded(db, judgements)
    held: dict[Pair, bool] = {}
    for one in judgements:
        for pair in _pairs_of(one, asked, known):
            held[pair] = one.is_same
    _follow_records(db, judgements, asked, known)
    wanted = set(lead_ids)
    return {pair: is_same for pair, is_same in held.items() if not wanted.isdisjoint(pair)}


def _find_latest(db: Session, lead_id: int) -> list[_Seen]:
    query = (
        select(Sighting.id, Sighting.lead_id, Sighting.digest)
        .where(Sighting.lead_id == lead_id, Sighting.withdrawn_by.is_(None))
        .order_by(Sighting.last_seen.desc(), Sighting.id.desc())
        .limit(REMEMBERED)
    )
    found = [_Seen(*row) for row in db.execute(query)]
    if not found:
        raise Conflict(f"Lead {lead_id} has no record of a source to remember an answer by.")
    return found


def _find_seen(db: Session, which: ColumnElement[bool]) -> Iterable[_Seen]:
    query = select(Sighting.id, Sighting.lead_id, Sighting.digest)
    for row in db.execute(query.where(which, Sighting.withdrawn_by.is_(None))):
        yield _Seen(*row)


def _find_by_digest(db: Session, digests: Collection[int]) -> Sequence[Judgement]:
    query = (
        select(Judgement)
        .where(
            Judgement.withdrawn_by.is_(None),
            or_(
                in_values(db, Judgement.left_digest, digests),
                in_values(db, Judgement.right_digest, digests),
            ),
        )
        .order_by(Judgement.id)
    )
    return db.scalars(query).all()


def _find_recorded(db: Session, judgements: Sequence[Judgement]) -> Mapping[int, _Seen]:
    """Give the standing ones of the sightings that judgements hold between."""
    numbers = {one.left_sighting for one in judgements} | {one.right_sighting for one in judgements}
    return {one.id: one for one in _find_seen(db, in_values(db, Sighting.id, sorted(numbers)))}


def _pairs_of(
    judgement: Judgement, asked: Mapping[int, Sequence[_Seen]], known: Mapping[int, _Seen]
) -> Iterable[Pair]:
    recorded = [known.get(judgement.left_sighting), known.get(judgement.right_sighting)]
    left, right = (
        {bearer.lead_id for bearer in asked.get(digest, ())} | ({one.lead_id} if one else set())
        for digest, one in zip(
            (judgement.left_digest, judgement.right_digest), recorded, strict=True
        )
    )
    if judgement.left_digest == judgement.right_digest:
        # Two leads with the very same record: only the sightings tell which two were meant.
        left, right = ({one.lead_id} if one else set() for one in recorded)
    return ((min(a, b), max(a, b)) for a in left for b in right if a != b)


def _follow_records(
    db: Session,
    judgements: Sequence[Judgement],
    asked: Mapping[int, Sequence[_Seen]],
    known: Mapping[int, _Seen],
) -> None:
    """Let judgements whose sightings have been withdrawn name those that bear the records now."""
    moved = []
    for one in judgements:
        left, right = (
            sighting if sighting in known or digest not in asked else asked[digest][0].id
            for sighting, digest in (
                (one.left_sighting, one.left_digest),
                (one.right_sighting, one.right_digest),
            )
        )
        if (left, right) != (one.left_sighting, one.right_sighting):
            moved.append((left, right, one.id))
    bulk_update(db, table_of(Judgement), ("left_sighting", "right_sighting"), moved)
