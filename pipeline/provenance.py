"""What a source showed, under the names of its own columns."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from pipeline.database.dialects import in_values
from pipeline.leads.models import Sighting
from pipeline.readers.headers import unnamed_column
from pipeline.runs.models import Run


def name_cells(db: Session, sightings: Sequence[Sighting]) -> Sequence[Sighting]:
    """Give sightings whose raw values all bear names.

    Those of a file are kept as the cells of their row, and its run knows the columns.
    """
    headers = _find_headers(db, {one.run_id for one in sightings if isinstance(one.raw, list)})
    for sighting in sightings:
        if isinstance(sighting.raw, list):
            named = _named(headers.get(sighting.run_id, ()), sighting.raw)
            # It is only shown otherwise, not changed.
            set_committed_value(sighting, "raw", named)
    return sightings


def _find_headers(db: Session, run_ids: set[int | None]) -> Mapping[int | None, Sequence[str]]:
    if not run_ids:
        return {}
    query = select(Run.id, Run.params).where(in_values(db, Run.id, run_ids))
    return {
        run_id: params.get("mapping", {}).get("header", ()) for run_id, params in db.execute(query)
    }


def _named(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    surplus = (unnamed_column(place) for place in range(len(header) + 1, len(cells) + 1))
    return {name: cell for name, cell in zip((*header, *surplus), cells, strict=False) if cell}
