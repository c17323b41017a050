"""Operations and their changes: who did what to which lead, before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime


class Operation(Base):
    """One act that changed leads: an import, an edit, a merge, a split, an undo."""

    __tablename__ = "operations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(80))
    run_id: Mapped[int | None] = mapped_column(Id, index=True)
    undoes: Mapped[int | None] = mapped_column(Id, index=True)
    undone_by: Mapped[int | None] = mapped_column(Id)
    changes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)


class Change(Base):
    """One lead's part in an operation; null ``before``: a creation, null ``after``: a deletion.

    Where a creation's ``after`` is null too, the values the lead was created with are told by
    :mod:`pipeline.operations.folding`: its present ones with all later changes taken off.
    ``merge_id`` names the merge that this change is a part of, or whose split it is a part of.
    """

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
    merge_id: Mapped[int | None] = mapped_column(Id)


class KeptLead(Base):
    """A lead that an undo left as it is, in whole or in part, and why."""

    __tablename__ = "kept_leads"
    __table_args__ = ({"sqlite_with_rowid": False},)

    operation_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(Text)
