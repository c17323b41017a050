"""The table of merges: which lead lives on in which other, and since when."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime


class Merge(Base):
    """One lead merged into another. While ``split_by`` is null, the loser's id answers for it.

    ``loser_values`` is the loser's snapshot at that moment. ``winner_id`` may itself have been
    merged since: whoever follows the standing merges comes to the lead that lives.
    """

    __tablename__ = "merges"
    __table_args__ = (
        Index(None, "loser_id"),
        Index(None, "winner_id"),
        Index(None, "operation_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    operation_id: Mapped[int] = mapped_column(Id)
    winner_id: Mapped[int] = mapped_column(Id)
    loser_id: Mapped[int] = mapped_column(Id)
    loser_values: Mapped[dict[str, Any]] = mapped_column(Json)
    match_id: Mapped[int | None] = mapped_column(Id)
    split_by: Mapped[int | None] = mapped_column(Id)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
