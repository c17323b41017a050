"""Following the change ledger: what has changed since, as small facts."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.operations.ledger import last_change_id
from pipeline.operations.models import Change, Operation

FOLD_ABOVE = 50
"""An operation with more changes than this at once is told as a number, not lead by lead."""

MAX_FACTS = 200
GAP_SECONDS = 60.0

Span = tuple[int, int]
"""Change ids: above the first, up to and with the second."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that has happened: a change of one lead, or many changes of one operation."""

    operation_id: int
    kind: str
    count: int
    lead_id: int | None = None
    action: str | None = None


class Follower:
    """Follows the ledger from a change on.

    Transactions commit in another order than they take their ids, so an id that is missing now is
    looked for again for a while.
    """

    def __init__(self, cursor: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.cursor = cursor
        self._clock = clock
        self._gaps: dict[Span, float] = {}

    def poll(self, db: Session) -> list[Fact]:
        """Give what has changed since the last poll. A fact may come twice, none is left out."""
        now = self._clock()
        waiting = {span: end for span, end in self._gaps.items() if end > now}
        newest = max(last_change_id(db), self.cursor)
        if newest > self.cursor:
            waiting[(self.cursor, newest)] = now + GAP_SECONDS
        # Gaps first: what commits between the two reads is then told twice rather than never.
        self._gaps = {gap: end for span, end in waiting.items() for gap in _find_gaps(db, span)}
        self.cursor = newest
        return [fact for span in waiting for fact in find_facts(db, span)]


def find_facts(db: Session, span: Span) -> list[Fact]:
    """Give the facts of a span of changes; what is too much to tell one by one is counted."""
    query = (
        select(Operation.id, Operation.kind, func.count())
        .join(Change, Change.operation_id == Operation.id)
        .where(*_within(span))
        .group_by(Operation.id, Operation.kind)
        .order_by(Operation.id)
    )
    groups = [(number, kind, count) for number, kind, count in db.execute(query)]
    small = [number for number, _, count in groups if count <= FOLD_ABOVE]
    single = sum(count for _, _, count in groups if count <= FOLD_ABOVE) <= MAX_FACTS
    facts = _find_single(db, span, small) if single and small else []
    folded = [group for group in groups if not single or group[2] > FOLD_ABOVE]
    return [*facts, *(Fact(*group) for group in folded)]


def _find_single(db: Session, span: Span, operations: Sequence[int]) -> list[Fact]:
    query = (
        select(Operation.id, Operation.kind, Change.lead_id, Change.action)
        .join(Change, Change.operation_id == Operation.id)
        .where(*_within(span), Operation.id.in_(operations))
        .order_by(Change.id)
    )
    return [
        Fact(number, kind, 1, lead_id, action)
        for number, kind, lead_id, action in db.execute(query)
    ]


def _find_gaps(db: Session, span: Span) -> list[Span]:
    before = func.lag(Change.id, 1, span[0]).over(order_by=Change.id)
    rows = select(Change.id, before.label("before")).where(*_within(span)).subquery()
    query = select(rows.c.before, rows.c.id - 1).where(rows.c.id > rows.c.before + 1)
    gaps = [(low, high) for low, high in db.execute(query)]
    last = db.scalar(select(func.max(Change.id)).where(*_within(span))) or span[0]
    return [*gaps, (last, span[1])] if last < span[1] else gaps


def _within(span: Span) -> tuple[Any, Any]:
    return Change.id > span[0], Change.id <= span[1]
