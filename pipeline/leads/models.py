"""The tables of leads, their sightings and exact keys. No foreign key leaves or enters them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime

STATUSES = ("new", "contacted", "qualified", "disqualified")


class Lead(Base):
    """One person or company worth contacting: the golden record.

    ``origins`` names, for each field whose value did not come with the lead's first sighting,
    where it came from: ``s:ID`` a sighting, ``o:ID`` an operation of a person.
    """

    __tablename__ = "leads"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        Index(None, "status", "id"),
        Index(None, "name", "id"),
        Index(None, "source", "id"),
        Index(None, "updated_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text, index=True)
    phone: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12), default="new")
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    company: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    phone_verified: Mapped[bool] = mapped_column(default=False)
    other_emails: Mapped[list[str]] = mapped_column(Json, default=list)
    other_phones: Mapped[list[str]] = mapped_column(Json, default=list)
    custom: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    origins: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    version: Mapped[int] = mapped_column(default=1)


class Sighting(Base):
    """That a source showed this lead, with these values, first and last seen then.

    ``raw`` holds the values under their names, or as a list the cells of a row of its run's file.
    ``digest`` is a hash of the raw record: the same values seen again renew ``last_seen`` only.
    A withdrawn sighting belongs to an operation that was undone; undoing the undo brings it back.
    ``operation_id`` names the operation of a person who entered it. Seen again, it remembers in
    ``run_before`` and ``seen_before`` who had seen it last until then; an undo swaps the two.
    ``home_id`` is the lead that it was made for, where that has been merged into another since.
    """

    __tablename__ = "sightings"
    __table_args__ = (
        Index(None, "lead_id", "digest"),
        Index(None, "run_id", "row"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    lead_id: Mapped[int] = mapped_column(Id)
    run_id: Mapped[int | None] = mapped_column(Id)
    last_run_id: Mapped[int | None] = mapped_column(Id)
    row: Mapped[int] = mapped_column(default=0)
    url: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    digest: Mapped[int] = mapped_column(BigInteger)
    raw: Mapped[dict[str, Any] | list[str]] = mapped_column(Json)
    first_seen: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    last_seen: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    withdrawn_by: Mapped[int | None] = mapped_column(Id)
    operation_id: Mapped[int | None] = mapped_column(Id)
    run_before: Mapped[int | None] = mapped_column(Id)
    seen_before: Mapped[datetime | None] = mapped_column(UTCDateTime)
    home_id: Mapped[int | None] = mapped_column(Id)


class LeadKey(Base):
    """An exact key of a lead: a 64-bit hash of an e-mail's or a phone's canonical form."""

    __tablename__ = "lead_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
