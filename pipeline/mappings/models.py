"""The table of saved mappings."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime

MAX_NAME = 200


class SavedMapping(Base):
    """The columns of a header and the kind of each, in the file's order.

    One without a name was remembered by itself, from the file ``file_name``.
    """

    __tablename__ = "saved_mappings"
    __table_args__ = (
        UniqueConstraint("name"),
        Index(None, "fingerprint"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str | None] = mapped_column(String(MAX_NAME))
    fingerprint: Mapped[str] = mapped_column(String(32))
    header: Mapped[list[str]] = mapped_column(Json)
    kinds: Mapped[list[str]] = mapped_column(Json)
    file_name: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    used_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
