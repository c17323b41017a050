"""The sightings of what an undo takes back: withdrawn, or brought back for a redo."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from pipeline.database.dialects import count_updated, in_values
from pipeline.leads.models import Lead, Sighting
from pipeline.operations.ledger import find_alike
from pipeline.operations.models import Change, KeptLead, Operation
from pipeline.undo.evidence import Scope
from pipeline.undo.roots import Root, find_root


def move_sightings(
    db: Session,
    operation: Operation,
    undo: Operation,
    scope: Scope,
    *,
    removed: Sequence[int],
    kept: Sequence[int],
) -> None:
    """Let the sightings of some leads be those of the state that ``undo`` brings about."""
    root = find_root(db, operation)
    spared = {*kept, *_find_spared(db, operation, root)}
    mine = and_(scope(Sighting.lead_id), not_(_is_of(db, spared)))
    gone = in_values(db, Sighting.lead_id, removed)
    if root.stands:
        shown = and_(mine, _shown_by(root))
        _withdraw(db, undo, and_(scope(Sighting.lead_id), or_(shown, gone)))
    else:
        _withdraw(db, undo, gone)
    if operation.undoes is not None or root.run_id is None:
        alike = find_alike(db, root.operation.id, stands=root.stands)
        by = in_values(db, Sighting.withdrawn_by, alike)
        lives = exists().where(Lead.id == Sighting.lead_id)
        back = update(Sighting).where(mine, by, lives)
        count_updated(db, back.values(withdrawn_by=None))
    if root.run_id is not None:
        _swap_last_seen(db, root.run_id, mine, stands=root.stands)


def _find_spared(db: Session, operation: Operation, root: Root) -> Iterable[int]:
    """Find the leads that were left as they are when this was taken back before.

    Where that was tried again, as it may be of one that was gone, the last time counts.
    """
    if operation.undoes is None:
        return ()
    alike = find_alike(db, root.operation.id, stands=not root.stands)
    tried, again = aliased(Operation), aliased(Operation)
    # Of a lead that it removed or made again, it kept no more than a merge.
    whole = and_(tried.id == again.id, Change.action != "update")
    done_since = (
        select(Change.id)
        .join(again, again.id == Change.operation_id)
        .join(tried, or_(and_(tried.undoes == again.undoes, tried.id < again.id), whole))
        .where(tried.id == KeptLead.operation_id, Change.lead_id == KeptLead.lead_id)
        .where(Change.merge_id.is_(None))
    )
    kept = select(KeptLead.lead_id).where(KeptLead.operation_id.in_(alike))
    return db.scalars(kept.where(not_(done_since.exists())))


def _is_of(db: Session, lead_ids: Collection[int]) -> ColumnElement[bool]:
    """Say that a sighting was made for one of these leads, wherever it is now."""
    home = and_(Sighting.home_id.is_not(None), in_values(db, Sighting.home_id, lead_ids))
    return or_(in_values(db, Sighting.lead_id, lead_ids), home)


def _shown_by(root: Root) -> ColumnElement[bool]:
    # The sum keeps a database without statistics from looking through all that the run has seen.
    if root.run_id is not None:
        return Sighting.run_id + 0 == root.run_id
    return Sighting.operation_id == root.operation.id


def _withdraw(db: Session, undo: Operation, which: ColumnElement[bool]) -> None:
    mine = update(Sighting).where(which, Sighting.withdrawn_by.is_(None))
    count_updated(db, mine.values(withdrawn_by=undo.id))


def _swap_last_seen(db: Session, run_id: int, mine: ColumnElement[bool], *, stands: bool) -> None:
    """Let sightings that a run only renewed be as it found them, or as it left them."""
    renewed = and_(Sighting.last_run_id == run_id, Sighting.run_id.is_distinct_from(run_id))
    # Swapped before: who saw it "before" saw it later than who has seen it last.
    swapped = and_(Sighting.run_before == run_id, Sighting.seen_before > Sighting.last_seen)
    count_updated(
        db,
        update(Sighting)
        .where(mine, renewed if stands else swapped)
        .values(
            last_run_id=func.coalesce(Sighting.run_before, Sighting.run_id),
            last_seen=func.coalesce(Sighting.seen_before, Sighting.first_seen),
            run_before=Sighting.last_run_id,
            seen_before=Sighting.last_seen,
        ),
    )
