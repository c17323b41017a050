"""What a format cannot hold is refused before the first byte, and never cut."""

from collections.abc import Sequence

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import Session

from pipeline.errors import InvalidInput
from pipeline.exports.columns import COLUMNS, Exporter
from pipeline.leads.models import Lead
from pipeline.leads.search import Search, narrow
from pipeline.readers.own_export import LIST_SEPARATOR

_WAY_OUT = "take csv or jsonl, which hold anything."


def require_fitting(db: Session, exporter: Exporter, search: Search, custom: Sequence[str]) -> None:
    """Make sure that a format can hold the leads of a search, with these custom fields.

    Raises:
        InvalidInput: it has too few columns, or a value is too long for a cell.
    """
    width = len(COLUMNS) + len(custom)
    if exporter.max_columns is not None and width > exporter.max_columns:
        raise InvalidInput(
            f"These leads need {width:,} columns, and such a file has {exporter.max_columns:,}; "
            + _WAY_OUT
        )
    if exporter.max_characters is not None:
        _require_short(db, search, exporter.max_characters)


def _require_short(db: Session, search: Search, limit: int) -> None:
    # Only these have no limit of their own. A character is one or two of UTF-16.
    unbounded = (Lead.custom, Lead.other_emails, Lead.other_phones)
    long = or_(*(func.length(cast(column, Text)) > limit // 2 for column in unbounded))
    query = narrow(select(Lead.id, *unbounded), search).where(long)
    for lead_id, custom, *lists in db.execute(query, execution_options={"yield_per": 100}):
        values = [*custom.values(), *map(LIST_SEPARATOR.join, lists)]
        # One more for the apostrophe that may come before a formula.
        if any(len(value.encode("utf-16-le")) // 2 >= limit for value in values):
            raise InvalidInput(
                f"Lead {lead_id} has a value of more than {limit:,} characters, "
                f"which no cell of such a file holds; {_WAY_OUT}"
            )
