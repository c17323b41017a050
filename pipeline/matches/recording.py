"""Writing scored pairs down: those that wait for a person, and why others were merged."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_insert,
    bulk_update,
    count_updated,
    driver_moment,
    find_rows,
    in_values,
    table_of,
)
from pipeline.dedupe.compare import Comparison
from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.learning import usefulness
from pipeline.dedupe.weights import Weights
from pipeline.matches.evidence import Members, replayable, turn, turned
from pipeline.matches.judgements import Pair, find_judgements
from pipeline.matches.models import Match, MatchState

_SCORED = ("bits", "band", "state", "usefulness", "weights", "evidence", "run_id", "operation_id")


@dataclass(frozen=True, slots=True)
class NewMatch:
    """A pair as it was scored just now; ``left_id`` is below ``right_id`` once it is in order.

    ``left`` and ``right`` are what :func:`compare_again` compares, ``used`` the counts that were
    asked for. ``merged_by`` is the operation that merged them, if a rule has done so.
    """

    left_id: int
    right_id: int
    left: Members
    right: Members
    comparison: Comparison
    used: CountedTerms
    merged_by: int | None = None

    @property
    def state(self) -> MatchState:
        """What is to become of it, unless a person has said so already."""
        if self.merged_by is not None:
            return MatchState.MERGED
        is_new = band_of(self.comparison) is Band.NEW
        return MatchState.GONE if is_new else MatchState.OPEN

    def in_order(self) -> "NewMatch":
        """Give the same pair with the older lead on the left."""
        if self.left_id < self.right_id:
            return self
        return NewMatch(
            self.right_id,
            self.left_id,
            self.right,
            self.left,
            turned(self.comparison),
            self.used,
            self.merged_by,
        )


class _Stored(NamedTuple):
    """What decides whether a stored match gives way to a new score; the moment as stored."""

    id: int
    state: str
    usefulness: int
    skipped_at: Any
    run_id: int | None


def record_matches(
    db: Session, found: Iterable[NewMatch], weights: Weights, *, run_id: int | None = None
) -> int:
    """Write scored pairs in a constant number of statements; give how many wait for a person now.

    A pair that was answered or merged stays so, unless a rule merges it now. One whose score fell
    below the review band is gone; one that was never above it is not written at all.
    """
    pairs = {(one.left_id, one.right_id): one for one in found}
    stored = _find_stored(db, pairs)
    now = driver_moment(db, utc_now())
    come, changed = [], []
    for pair, one in sorted(pairs.items()):
        known = stored.get(pair)
        if known is None and one.state is not MatchState.GONE:
            come.append((*_columns(one, weights, run_id), *pair, now, now))
        elif known is not None and _gives_way(known, one):
            changed.append((*_columns(one, weights, run_id, known), now, known.id))
    columns = (*_SCORED, "left_id", "right_id", "created_at", "updated_at")
    bulk_insert(db, table_of(Match), columns, come)
    bulk_update(db, table_of(Match), (*_SCORED, "updated_at"), changed)
    place = _SCORED.index("state")
    return sum(row[place] == MatchState.OPEN for row in (*come, *changed))


def drop_matches(db: Session, pairs: Collection[Pair]) -> None:
    """Withdraw the open questions about pairs that by now score below the review band."""
    stored = _find_stored(db, set(pairs))
    gone = [one.id for one in stored.values() if one.state == MatchState.OPEN]
    if gone:
        change = {"state": MatchState.GONE.value, "updated_at": utc_now()}
        count_updated(db, update(Match).where(in_values(db, Match.id, gone)).values(change))


def repoint_matches(db: Session, merged: Mapping[int, int]) -> None:
    """Let the open questions about merged leads be asked about those that they live on in.

    ``merged`` gives for each loser its winner. The old questions stay: nobody is asked about a
    lead that does not live, but a split brings them back.
    """
    asked: dict[Pair, Match] = {}
    for one in sorted(_find_open(db, sorted(merged)), key=lambda one: (one.bits, one.id)):
        left, right = (merged.get(lead_id, lead_id) for lead_id in (one.left_id, one.right_id))
        if left != right:
            asked[min(left, right), max(left, right)] = one
    if not asked:
        return
    answered = {*_find_stored(db, asked), *find_judgements(db, {one for p in asked for one in p})}
    for pair, one in asked.items():
        if pair not in answered:
            db.add(_asked_of(one, pair, merged))
    db.flush()


def _columns(
    one: NewMatch, weights: Weights, run_id: int | None, known: _Stored | None = None
) -> tuple[Any, ...]:
    evidence = replayable(one.comparison, one.left, one.right, one.used)
    skipped = known is not None and known.skipped_at is not None
    return (
        one.comparison.bits,
        band_of(one.comparison).value,
        one.state.value,
        known.usefulness if known is not None and skipped else usefulness(one.comparison),
        weights.version,
        orjson.dumps(evidence).decode(),
        run_id or (known.run_id if known else None),
        one.merged_by,
    )


def _asked_of(old: Match, pair: Pair, merged: Mapping[int, int]) -> Match:
    """Give the question of an old match, asked of the leads that its own live on in."""
    is_turned = merged.get(old.left_id, old.left_id) != pair[0]
    return Match(
        left_id=pair[0],
        right_id=pair[1],
        evidence=turn(old.evidence) if is_turned else old.evidence,
        state=MatchState.OPEN,
        **{
            name: getattr(old, name) for name in ("bits", "band", "usefulness", "weights", "run_id")
        },
    )


def _gives_way(known: _Stored, one: NewMatch) -> bool:
    if known.state in {MatchState.MERGED, MatchState.DISTINCT}:
        return one.merged_by is not None
    return known.state == MatchState.OPEN or one.state is not MatchState.GONE


def _find_open(db: Session, lead_ids: Sequence[int]) -> Collection[Match]:
    """Give the open questions about some leads.

    All matches of these leads are looked at, for which there is an index a side: asked for what is
    open, a database may look through the whole queue, which grows with the store.
    """
    sides = (Match.left_id, Match.right_id)
    found = (
        db.execute(select(Match.id, Match.state).where(in_values(db, side, lead_ids)))
        for side in sides
    )
    numbers = {number for rows in found for number, state in rows if state == MatchState.OPEN}
    if not numbers:
        return ()
    return db.scalars(select(Match).where(in_values(db, Match.id, sorted(numbers)))).all()


def _find_stored(db: Session, pairs: Collection[Pair]) -> Mapping[Pair, _Stored]:
    """Give what is known of some pairs.

    Only the older leads are asked for: a database would try each of them with each other lead.
    """
    if not pairs:
        return {}
    lefts = sorted({left for left, _ in pairs})
    columns = ("left_id", "right_id", *_Stored._fields)
    return {
        (left, right): _Stored(*known)
        for left, right, *known in find_rows(db, table_of(Match), columns, "left_id", lefts)
        if (left, right) in pairs
    }
