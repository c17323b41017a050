"""Operations and their changes: who did what to which lead, before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime


class Operation(Base):
    """One act that changed leads: an import, a scrape, an edit, a status change, an undo."""

    __tablename__ = "operations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(80))
    run_id: Mapped[int | None] = mapped_column(Id, index=True)
    undoes: Mapped[int | None] = mapped_column(Id)
    undone_by: Mapped[int | None] = mapped_column(Id)
    changes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)


class Change(Base):
    """One lead's part in an operation; null ``before``: a creation, null ``after``: a deletion."""

    __tablename__ = "changes"
    __table_args__ = (
        Index(None, "operation_id", "lead_id"),
        Index(None, "lead_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    operation_id: Mapped[int] = mapped_column(Id)
    lead_id: Mapped[int] = mapped_column(Id)
    action: Mapped[str] = mapped_column(String(8))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    after: Mapped[dict[str, Any] | None] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
