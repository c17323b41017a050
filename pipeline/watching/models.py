"""An alarm: a run whose records look unlike those of the source's earlier runs."""

from datetime import datetime

from sqlalchemy import Double, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, UTCDateTime


class Alarm(Base):
    """What of a run lies outside its limits: a field's fill rate, or the count of records.

    ``field`` is ``""`` for the count. ``before_page`` and ``after_page`` are pages that show the
    change, one of an earlier run and one of this. ``state`` is open, accepted or discarded.
    """

    __tablename__ = "alarms"
    __table_args__ = (Index(None, "run_id"), Index(None, "state"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id)
    source: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[float] = mapped_column(Double)
    low: Mapped[float] = mapped_column(Double)
    high: Mapped[float] = mapped_column(Double)
    before_page: Mapped[int | None] = mapped_column(Id)
    after_page: Mapped[int | None] = mapped_column(Id)
    state: Mapped[str] = mapped_column(String(10), default="open")
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
