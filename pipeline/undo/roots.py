"""What a chain of undos began with."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from pipeline.operations.ledger import require_operation
from pipeline.operations.models import Operation

SEEING = ("import", "scrape")
"""The kinds of operation whose runs have seen leads."""


@dataclass(frozen=True, slots=True)
class Root:
    """The operation that a chain of undos began with, and whether its effect stands now."""

    operation: Operation
    stands: bool

    @property
    def run_id(self) -> int | None:
        """The run that saw the leads, if it was one."""
        return self.operation.run_id if self.operation.kind in SEEING else None


def find_root(db: Session, operation: Operation) -> Root:
    """Follow an undo of an undo of an … to what was first done."""
    stands = True
    while operation.undoes is not None:
        operation = require_operation(db, operation.undoes)
        stands = not stands
    return Root(operation, stands)
