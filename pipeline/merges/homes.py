"""The sightings of merged leads: they move with each merge, and know which lead they are of."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, null, update
from sqlalchemy.orm import Session

from pipeline.database.dialects import bulk_update, count_updated, find_rows, in_values, table_of
from pipeline.leads.models import Sighting


def take_along(db: Session, merged: Mapping[int, int]) -> None:
    """Let the sightings of leads be those of the leads that live in their place.

    What the session holds of them is written already.
    """
    table = table_of(Sighting)
    rows = [
        (merged[lead_id], lead_id if home_id is None else home_id, number)
        for number, lead_id, home_id in find_rows(
            db, table, ("id", "lead_id", "home_id"), "lead_id", sorted(merged)
        )
    ]
    bulk_update(db, table, ("lead_id", "home_id"), rows)


def bring_home(db: Session, lead_id: int, homes: Iterable[int], root: int) -> None:
    """Let the sightings of some leads among those of ``root`` be those of a lead that lives again.

    ``homes`` are that lead and all that live on in it.
    """
    own = update(Sighting).where(Sighting.lead_id == root, Sighting.home_id == lead_id)
    count_updated(db, own.values(home_id=null(), lead_id=lead_id))
    rest = [one for one in homes if one != lead_id]
    if rest:
        theirs: ColumnElement[bool] = in_values(db, Sighting.home_id, rest)
        moved = update(Sighting).where(Sighting.lead_id == root, theirs)
        count_updated(db, moved.values(lead_id=lead_id))
