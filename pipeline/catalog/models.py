"""A source declared as data: how one of the general sources is told to read one place."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Json, UTCDateTime


class DeclaredSource(Base):
    """A source that somebody made without code: the general source ``kind``, told ``params``.

    ``version`` counts its edits.
    """

    __tablename__ = "declared_sources"
    __table_args__ = ({"sqlite_with_rowid": False},)

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    homepage: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(Json)
    expects: Mapped[list[int] | None] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
