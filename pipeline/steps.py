"""What a batch's work is made of: a step prepared outside any transaction, written inside one."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.database.engine import Database
from pipeline.runs.ledger import Claim, Counted
from pipeline.runs.models import Run
from pipeline.settings import Settings

Commit = Callable[[Session, Run], Counted]
"""Writes what was prepared and counts it; the fence follows in the same transaction.

May be called again after a rollback, so it must not use up what it writes.
"""


@dataclass(frozen=True, slots=True)
class Work:
    """A claimed batch and all that is needed to work on it."""

    database: Database
    settings: Settings
    run: Run
    claim: Claim
    is_lost: Callable[[], bool]
