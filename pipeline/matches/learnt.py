"""The weights in force, and scores made again: by those of then, or by newly learnt ones."""

from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import bulk_update, driver_moment, table_of
from pipeline.dedupe.compare import Comparison
from pipeline.dedupe.decide import Band, band_of
from pipeline.dedupe.learning import Answer, refit, usefulness
from pipeline.dedupe.weights import DEFAULTS, Weights
from pipeline.matches.evidence import compare_again, comparison_of, evidence_of
from pipeline.matches.models import Judgement, LearntWeights, Match, MatchState

FIRST, EVERY = 50, 10
"""Weights are learnt from this many answers on, and again after so many more."""

MOST_ANSWERS = 400
"""So many answers are learnt from, the newest, so that nobody waits for it."""

RESCORED = 5_000
"""So many open matches are scored again by new weights, the most useful."""


# Asked for each lead that is entered; making the statement takes longer than running it.
_NEWEST = (
    select(LearntWeights.weights)
    .where(LearntWeights.taken)
    .order_by(LearntWeights.id.desc())
    .limit(1)
)


def current_weights(db: Session) -> Weights:
    """Give the weights in force: the newest that were learnt and taken, else the defaults."""
    found = db.scalar(_NEWEST)
    return Weights.from_json(found) if found else DEFAULTS


def require_weights(db: Session, version: int) -> Weights:
    """Give the weights of a version: 0 are the defaults, others the row that was learnt."""
    if version == 0:
        return DEFAULTS
    return Weights.from_json(db.get_one(LearntWeights, version).weights)


def replay(db: Session, match: Match) -> Comparison:
    """Compare a match's leads again as they were, by the weights of then: the very same bits."""
    return compare_again(match.evidence, require_weights(db, match.weights))


def learn_from_answers(db: Session) -> LearntWeights | None:
    """Refit the weights if enough has been answered since the last time; None if it has not.

    What was learnt is kept whether it was taken up or not. New weights are in force at once, and
    open matches are scored by them; nothing is merged by that.
    """
    answered = Judgement.evidence.is_not(None), Judgement.withdrawn_by.is_(None)
    count = db.scalar(select(func.count()).where(*answered)) or 0
    last = db.scalar(select(func.max(LearntWeights.answers))) or 0
    if count < FIRST or count // EVERY <= last // EVERY:
        return None
    query = select(Judgement.evidence, Judgement.is_same).where(*answered)
    newest = db.execute(query.order_by(Judgement.id.desc()).limit(MOST_ANSWERS))
    answers = [Answer(comparison_of(evidence or {}), is_same) for evidence, is_same in newest]
    found = refit(answers, current_weights(db))
    learnt = LearntWeights(weights={}, answers=count, taken=found.taken, report={**found.report})
    db.add(learnt)
    db.flush()
    weights = replace(found.weights, version=learnt.id) if found.taken else found.weights
    learnt.weights = weights.to_json()
    db.flush()
    if found.taken:
        _score_again(db, weights)
    return learnt


def _score_again(db: Session, weights: Weights) -> None:
    """Score open matches by other weights from what they were scored by, and order them anew."""
    query = select(Match.id, Match.evidence, Match.usefulness, Match.skipped_at).where(
        Match.state == MatchState.OPEN
    )
    now = driver_moment(db, utc_now())
    rows: list[tuple[Any, ...]] = []
    for match_id, evidence, useful, skipped in db.execute(
        query.order_by(Match.usefulness.desc(), Match.id.desc()).limit(RESCORED)
    ):
        comparison = compare_again(evidence, weights)
        band = band_of(comparison)
        rows.append(
            (
                comparison.bits,
                band.value,
                (MatchState.GONE if band is Band.NEW else MatchState.OPEN).value,
                useful if skipped else usefulness(comparison),
                weights.version,
                orjson.dumps({**evidence, **evidence_of(comparison)}).decode(),
                now,
                match_id,
            )
        )
    columns = ("bits", "band", "state", "usefulness", "weights", "evidence", "updated_at")
    bulk_update(db, table_of(Match), columns, rows)
    db.expire_all()
