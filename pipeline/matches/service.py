"""Keeping matches: scored pairs written in bulk, answered, taken back, and who is never one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, defer

from pipeline.database.base import utc_now
from pipeline.database.dialects import (
    bulk_insert,
    bulk_update,
    count_updated,
    driver_moment,
    in_values,
    table_of,
)
from pipeline.dedupe.compare import Comparison
from pipeline.dedupe.decide import Band, band_of, probability
from pipeline.dedupe.frequencies import CountedTerms
from pipeline.dedupe.weights import DEFAULTS, Weights
from pipeline.matches.evidence import Members, compare_again, replayable, turned
from pipeline.matches.judgements import Pair, find_judgements, judge
from pipeline.matches.models import Judgement, LearntWeights, Match, MatchState
from pipeline.operations.ledger import require_operation
from pipeline.operations.models import Operation

_SCORED = ("bits", "band", "state", "usefulness", "weights", "evidence", "run_id", "operation_id")


@dataclass(frozen=True, slots=True)
class NewMatch:
    """A pair as it was scored just now: ``left_id`` is below ``right_id``.

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


def forbid(db: Session, left_id: int, right_id: int, operation: Operation) -> None:
    """Say that two leads are two, as a split does; no rule merges or proposes them again.

    Both must bear their own sightings again.

    Raises:
        Conflict: one of them has no sighting to remember it by.
    """
    pair = min(left_id, right_id), max(left_id, right_id)
    match = db.scalar(select(Match).where(Match.left_id == pair[0], Match.right_id == pair[1]))
    answer(db, pair, operation, match, is_same=False)


def answer(
    db: Session, pair: Pair, operation: Operation, match: Match | None, *, is_same: bool
) -> None:
    """Keep a person's answer about two living leads, with the match that it was asked by.

    Raises:
        Conflict: one of them has no sighting to remember it by.
    """
    evidence = match.evidence if match else None
    match_id = match.id if match else None
    judge(db, pair, operation, is_same=is_same, match_id=match_id, evidence=evidence)
    if match is not None:
        match.state = MatchState.MERGED if is_same else MatchState.DISTINCT
        match.operation_id = operation.id
        match.updated_at = utc_now()
        db.flush()


def repoint_matches(db: Session, merged: Mapping[int, int]) -> None:
    """Let the open questions about merged leads be asked about those that they live on in.

    ``merged`` gives for each loser its winner. The old questions stay: nobody is asked about a
    lead that does not live, but a split brings them back.
    """
    losers = sorted(merged)
    query = select(Match).where(
        Match.state == MatchState.OPEN,
        or_(in_values(db, Match.left_id, losers), in_values(db, Match.right_id, losers)),
    )
    asked: dict[Pair, Match] = {}
    for one in db.scalars(query.order_by(Match.bits, Match.id)):
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


def withdraw_judgements(db: Session, operation_id: int, by: int) -> None:
    """Take back what an operation has answered, since operation ``by`` undoes it.

    Where it is an undo itself, what was answered first holds again. The pairs are as they were:
    a question that is open, or its answer.
    """
    root, stands = _find_root(db, operation_id)
    first = Judgement.operation_id == root
    again = update(Judgement).where(first).values(withdrawn_by=by if stands else None)
    own = Judgement.operation_id == operation_id, Judgement.withdrawn_by.is_(None)
    met = set(db.scalars(select(Match.id).where(Match.operation_id.in_((root, operation_id)))))
    judged = select(Judgement.match_id).where(Judgement.operation_id.in_((root, operation_id)))
    met.update(one for one in db.scalars(judged.distinct()) if one is not None)
    count_updated(db, again)
    count_updated(db, update(Judgement).where(*own).values(withdrawn_by=by))
    _settle(db, met, None if stands else root)


def current_weights(db: Session) -> Weights:
    """Give the weights in force: the newest that were learnt and taken, else the defaults."""
    query = select(LearntWeights.weights).where(LearntWeights.taken)
    found = db.scalar(query.order_by(LearntWeights.id.desc()).limit(1))
    return Weights.from_json(found) if found else DEFAULTS


def require_weights(db: Session, version: int) -> Weights:
    """Give the weights of a version: 0 are the defaults, others the row that was learnt."""
    if version == 0:
        return DEFAULTS
    return Weights.from_json(db.get_one(LearntWeights, version).weights)


def replay(db: Session, match: Match) -> Comparison:
    """Compare a match's leads again as they were, by the weights of then: the very same bits."""
    return compare_again(match.evidence, require_weights(db, match.weights))


def _columns(
    one: NewMatch, weights: Weights, run_id: int | None, known: Match | None = None
) -> tuple[Any, ...]:
    evidence = replayable(one.comparison, one.left, one.right, one.used)
    skipped = known is not None and known.skipped_at is not None
    return (
        one.comparison.bits,
        band_of(one.comparison).value,
        one.state.value,
        known.usefulness if known is not None and skipped else usefulness_of(one.comparison),
        weights.version,
        orjson.dumps(evidence).decode(),
        run_id,
        one.merged_by,
    )


def usefulness_of(comparison: Comparison) -> int:
    """Give how much an answer about a pair would teach, in thousandths: most near even odds."""
    chance = probability(comparison.bits)
    return round(4_000 * chance * (1.0 - chance))


def _asked_of(old: Match, pair: Pair, merged: Mapping[int, int]) -> Match:
    """Give the question of an old match, asked of the leads that its own live on in."""
    is_turned = merged.get(old.left_id, old.left_id) != pair[0]
    return Match(
        left_id=pair[0],
        right_id=pair[1],
        evidence=turned(old.evidence) if is_turned else old.evidence,
        state=MatchState.OPEN,
        **{
            name: getattr(old, name) for name in ("bits", "band", "usefulness", "weights", "run_id")
        },
    )


def _gives_way(known: Match, one: NewMatch) -> bool:
    if known.state in {MatchState.MERGED, MatchState.DISTINCT}:
        return one.merged_by is not None
    return known.state == MatchState.OPEN or one.state is not MatchState.GONE


def _find_stored(db: Session, pairs: Collection[Pair]) -> Mapping[Pair, Match]:
    """Give the rows of some pairs, without what they were scored by."""
    if not pairs:
        return {}
    query = (
        select(Match)
        .options(defer(Match.evidence))
        .where(
            in_values(db, Match.left_id, sorted({left for left, _ in pairs})),
            in_values(db, Match.right_id, sorted({right for _, right in pairs})),
        )
    )
    found = {(one.left_id, one.right_id): one for one in db.scalars(query)}
    return {pair: one for pair, one in found.items() if pair in pairs}


def _find_root(db: Session, operation_id: int) -> tuple[int, bool]:
    """Follow an undo of an undo of an … to what was first done; tell whether that stands now."""
    operation, stands = require_operation(db, operation_id), True
    while operation.undoes is not None:
        operation, stands = require_operation(db, operation.undoes), not stands
    return operation.id, stands


def _settle(db: Session, match_ids: Collection[int], merged_by: int | None) -> None:
    """Let matches be in the state that the standing judgements say, else open again.

    Those that the operation ``merged_by``, of a rule, has merged are merged by it again.
    """
    standing: dict[int | None, Judgement] = {}
    query = select(Judgement).where(
        in_values(db, Judgement.match_id, sorted(match_ids)), Judgement.withdrawn_by.is_(None)
    )
    for judgement in db.scalars(query.order_by(Judgement.id)):
        standing[judgement.match_id] = judgement
    for match in db.scalars(select(Match).where(in_values(db, Match.id, sorted(match_ids)))):
        said = standing.get(match.id)
        if said is not None:
            match.state = MatchState.MERGED if said.is_same else MatchState.DISTINCT
            match.operation_id = said.operation_id
        elif match.operation_id is not None and match.operation_id == merged_by:
            match.state = MatchState.MERGED
        else:
            match.state = MatchState.OPEN
        match.updated_at = utc_now()
    db.flush()
