"""Why two leads may be one: each reason in words and bits, and what would change the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.dedupe.compare import Comparison, Reason
from pipeline.dedupe.decide import MERGE_BITS, REVIEW_BITS, probability
from pipeline.dedupe.wording import guard_in_words, sentence_of, turning_points
from pipeline.leads.models import Lead
from pipeline.matches.evidence import comparison_of
from pipeline.matches.models import Match
from pipeline.review.fields import FieldPair, compare_fields
from pipeline.review.questions import require_match


@dataclass(frozen=True, slots=True)
class Step:
    """One reason, in words, and the score with all reasons up to this one."""

    reason: Reason
    text: str
    total: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A match, and all that speaks for and against its leads being one.

    ``left`` and ``right`` are None where a lead is no more. ``guards`` are the rules that keep
    them from being merged without a person, by code and in words. ``turning_points`` say what
    would have changed the verdict.
    """

    match: Match
    left: Lead | None
    right: Lead | None
    steps: Sequence[Step]
    chance: float
    guards: Sequence[tuple[str, str]]
    fields: Sequence[FieldPair]
    turning_points: Sequence[str]
    merge_bits: float = MERGE_BITS
    review_bits: float = REVIEW_BITS


def explain_match(db: Session, match_id: int) -> Explanation:
    """Explain a match, whatever has become of it.

    Raises:
        MatchNotFound: there is none.
    """
    match = require_match(db, match_id)
    ids = [match.left_id, match.right_id]
    leads = {one.id: one for one in db.scalars(select(Lead).where(in_values(db, Lead.id, ids)))}
    left, right = leads.get(match.left_id), leads.get(match.right_id)
    comparison = comparison_of(match.evidence)
    return Explanation(
        match=match,
        left=left,
        right=right,
        steps=_waterfall(comparison),
        chance=probability(comparison.bits),
        guards=[(code, guard_in_words(code)) for code in comparison.guards],
        fields=compare_fields(db, left, right) if left and right else [],
        turning_points=turning_points(comparison),
    )


def steps_of(match: Match) -> Sequence[Step]:
    """Give a match's reasons with the running sum of their bits, which ends at the score."""
    return _waterfall(comparison_of(match.evidence))


def _waterfall(comparison: Comparison) -> Sequence[Step]:
    steps, total = [], 0.0
    for one in _all_reasons(comparison):
        total += one.bits
        steps.append(Step(one, sentence_of(one), total))
    return steps


def _all_reasons(comparison: Comparison) -> Sequence[Reason]:
    """Give the reasons, and what reviewers have taught about all pairs alike, if it is anything."""
    taught = comparison.bits - sum(one.bits for one in comparison.reasons)
    if abs(taught) < 0.005:  # noqa: PLR2004 - less is the rounding of the sum
        return comparison.reasons
    return [*comparison.reasons, Reason("bias", taught, taught)]
