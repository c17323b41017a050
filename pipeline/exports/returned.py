"""Rows of our own exports that come back as they went out: their leads say all of it already."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.database.dialects import in_values
from pipeline.exports.cells import lead_cells
from pipeline.exports.columns import COLUMNS, LeadRow
from pipeline.exports.leads import read_chosen
from pipeline.leads.values import parse_moment
from pipeline.merges.following import find_canonical
from pipeline.merges.models import Merge

_MOMENTS = ("created_at", "updated_at")
MAX_DIGITS = 18
"""So many digits are always the id of a lead that there could be."""


def find_returned(
    db: Session, header: Sequence[str], rows: Mapping[int, Sequence[str]]
) -> dict[int, int]:
    """Find the rows that are exactly what would be exported now, each with its lead's id.

    A row of a lead that has been merged since, as it was before, is one of the lead that lives.

    ``header`` holds the names of an own export's columns (:func:`own_names`), ``rows`` the cells
    of each row by its number, as they stand in CSV. A lead's id and the moments it was created
    and last changed are among them, so no row of another database is taken for one of ours.
    """
    ids = {int(cells[0]) for cells in rows.values() if _is_id(cells[0])}
    leads = read_chosen(db, sorted(ids))
    merged = _find_merged(db, ids - {lead[0] for lead in leads})
    leads += [lead for lead, _ in merged.values()]
    if not leads:
        return {}
    written = lead_cells(leads, header[len(COLUMNS) :])
    by_id = {cells[0]: [cell or "" for cell in cells] for cells in written}
    same = {
        number: int(cells[0]) for number, cells in rows.items() if by_id.get(cells[0]) == [*cells]
    }
    return {number: merged[one][1] if one in merged else one for number, one in same.items()}


def _find_merged(db: Session, ids: Collection[int]) -> dict[int, tuple[LeadRow, int]]:
    """Find the merged leads among these, as they were just before, with those that live now."""
    living = find_canonical(db, ids)
    if not living:
        return {}
    there = {lead[0] for lead in read_chosen(db, sorted(set(living.values())))}
    query = select(Merge.loser_id, Merge.loser_values).where(
        in_values(db, Merge.loser_id, sorted(living)), Merge.split_by.is_(None)
    )
    return {
        lead_id: (_row({**values, "id": lead_id}), living[lead_id])
        for lead_id, values in db.execute(query)
        if living[lead_id] in there
    }


def _row(values: Mapping[str, Any]) -> LeadRow:
    moments = {name: _iso(parse_moment(values[name])) for name in _MOMENTS}
    return tuple({**values, **moments}[name] for name in (*COLUMNS, "custom"))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS


def _iso(moment: datetime) -> str:
    """Write a moment as exports do: in UTC, always with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
