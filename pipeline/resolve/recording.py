"""Writing down what was compared: pairs that wait for a person, and why others were merged."""

from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pipeline.database.base import utc_now
from pipeline.database.dialects import in_values
from pipeline.dedupe.decide import Band, band_of
from pipeline.matches.models import Match, MatchState
from pipeline.matches.service import NewMatch, record_matches
from pipeline.operations.models import Operation
from pipeline.resolve.scoring import Pair, Scored


def record_scores(
    db: Session,
    scored: Scored,
    judged: Mapping[Pair, bool],
    *,
    merged: Mapping[int, int],
    operation: Operation | None = None,
    run_id: int | None = None,
) -> int:
    """Write the compared pairs that matter; give how many wait for a person.

    ``merged`` gives for each lead that was merged just now, by ``operation``, the one that it
    lives on in.
    """
    found = []
    for pair, comparison in scored.comparisons.items():
        if pair in judged or band_of(comparison) is Band.NEW:
            continue
        left, right = sorted(merged.get(lead_id, lead_id) for lead_id in pair)
        by = operation.id if operation and left == right else None
        # A pair that is one lead by now is kept as it was compared: the reason why it is.
        shown = pair if left == right else (left, right)
        forms = [scored.entities[lead_id].members for lead_id in pair]
        used = scored.terms_used(pair)
        found.append(NewMatch(*shown, forms[0], forms[1], comparison, used, by))
    return record_matches(db, found, scored.weights, run_id=run_id)


def repoint_matches(db: Session, merged: Mapping[int, int]) -> None:
    """Let the open questions about merged leads be about the leads that they live on in."""
    losers = sorted(merged)
    query = select(Match).where(
        Match.state == MatchState.OPEN,
        or_(in_values(db, Match.left_id, losers), in_values(db, Match.right_id, losers)),
    )
    asked = list(db.scalars(query.order_by(Match.id)))
    taken = _find_pairs(db, {*merged.values()})
    for match in asked:
        ends = sorted(merged.get(end, end) for end in (match.left_id, match.right_id))
        pair = ends[0], ends[1]
        match.updated_at = utc_now()
        if pair[0] == pair[1] or pair in taken:
            match.state = MatchState.GONE
        else:
            match.left_id, match.right_id = pair
            taken.add(pair)
    db.flush()


def _find_pairs(db: Session, leads: Iterable[int]) -> set[Pair]:
    some = sorted(leads)
    query = select(Match.left_id, Match.right_id).where(
        or_(in_values(db, Match.left_id, some), in_values(db, Match.right_id, some))
    )
    return {(left, right) for left, right in db.execute(query)}
