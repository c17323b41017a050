"""Writing down what was compared: pairs that wait for a person, and why others were merged."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from pipeline.dedupe.decide import Band, band_of
from pipeline.matches.recording import NewMatch, drop_matches, record_matches
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
    found, fallen = [], []
    for pair, comparison in scored.comparisons.items():
        if pair in judged:
            continue
        if band_of(comparison) is Band.NEW:
            fallen.append(pair)
            continue
        left, right = (merged.get(lead_id, lead_id) for lead_id in pair)
        # A pair that is one lead by now is kept as it was compared: the reason why it is.
        ends = pair if left == right else (left, right)
        by = operation.id if operation and left == right else None
        mine, other = (scored.entities[lead_id].members for lead_id in pair)
        used = scored.used[pair]
        found.append(NewMatch(*ends, mine, other, comparison, used, by).in_order())
    drop_matches(db, fallen)
    return record_matches(db, found, scored.weights, run_id=run_id)
