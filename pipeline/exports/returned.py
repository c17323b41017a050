"""Rows of our own exports that come back as they went out: their leads say all of it already."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from pipeline.exports.cells import lead_cells
from pipeline.exports.columns import COLUMNS
from pipeline.exports.leads import read_chosen

MAX_DIGITS = 18
"""So many digits are always the id of a lead that there could be."""


def find_returned(
    db: Session, header: Sequence[str], rows: Mapping[int, Sequence[str]]
) -> dict[int, int]:
    """Find the rows that are exactly what would be exported now, each with its lead's id.

    ``header`` holds the names of an own export's columns (:func:`own_names`), ``rows`` the cells
    of each row by its number, as they stand in CSV. A lead's id and the moments it was created
    and last changed are among them, so no row of another database is taken for one of ours.
    """
    ids = {int(cells[0]) for cells in rows.values() if _is_id(cells[0])}
    leads = read_chosen(db, sorted(ids))
    if not leads:
        return {}
    written = lead_cells(leads, header[len(COLUMNS) :])
    by_id = {cells[0]: [cell or "" for cell in cells] for cells in written}
    return {
        number: int(cells[0]) for number, cells in rows.items() if by_id.get(cells[0]) == [*cells]
    }


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
