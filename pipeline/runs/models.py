"""The ledger's tables: runs, batches, outcomes, issues, schedules."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Double, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime


class Counts:
    """What became of the records read. ``read`` equals the sum of all the others.

    Of an undo, the records are leads, and the last four say what became of them.
    """

    read: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    duplicate: Mapped[int] = mapped_column(default=0)
    suppressed: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0, server_default="0")
    restored: Mapped[int] = mapped_column(default=0, server_default="0")
    recreated: Mapped[int] = mapped_column(default=0, server_default="0")
    kept: Mapped[int] = mapped_column(default=0, server_default="0")


class Run(Counts, Base):
    """One execution of one source: requested → running ⇄ paused → finished, failed, cancelled.

    A scrape whose records look unlike those of earlier runs is ``quarantined`` before they land,
    until a person lets them or not.

    ``paused_seconds`` is how long it stood still before ``paused_at``. ``resolved`` of its leads
    were matched against all others: ``merged`` of them went into another, and ``to_review`` pairs
    wait for a person. ``replays`` is the scrape whose kept pages are read once more.
    ``inconsistent`` means that the counts did not add up: an alarm, never to be seen.
    """

    __tablename__ = "runs"
    __table_args__ = (Index(None, "state"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="requested")
    operation_id: Mapped[int] = mapped_column(Id)
    params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    file_name: Mapped[str | None] = mapped_column(Text)
    file_path: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    rows_total: Mapped[int | None]
    pages: Mapped[int] = mapped_column(default=0)
    pages_failed: Mapped[int] = mapped_column(default=0)
    requested_by: Mapped[str] = mapped_column(String(80))
    request_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    error: Mapped[str | None] = mapped_column(Text)
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_seconds: Mapped[float] = mapped_column(Double, default=0.0, server_default="0")
    resolved: Mapped[int] = mapped_column(default=0, server_default="0")
    merged: Mapped[int] = mapped_column(default=0, server_default="0")
    to_review: Mapped[int] = mapped_column(default=0, server_default="0")
    replays: Mapped[int | None] = mapped_column(Id)


class Batch(Counts, Base):
    """The slice of a run that one transaction writes, and who works on it until when.

    ``lease_until`` and ``next_attempt_at`` are seconds on the database's clock. A batch of an undo
    begins after the lead ``after_lead``.
    """

    __tablename__ = "batches"
    __table_args__ = (
        UniqueConstraint("run_id", "seq"),
        Index(None, "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id)
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12), default="ready")
    byte_lo: Mapped[int] = mapped_column(BigInteger, default=0)
    byte_hi: Mapped[int] = mapped_column(BigInteger, default=0)
    row_lo: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    after_lead: Mapped[int] = mapped_column(Id, default=0, server_default="0")
    attempt: Mapped[int] = mapped_column(default=0)
    token: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[float | None] = mapped_column(Double)
    next_attempt_at: Mapped[float] = mapped_column(Double, default=0.0)
    error: Mapped[str | None] = mapped_column(Text)


class RowOutcome(Base):
    """What became of one row of one run, and the lead it belongs to."""

    __tablename__ = "outcomes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(10))
    lead_id: Mapped[int | None] = mapped_column(Id)


class RowIssue(Base):
    """What is wrong with one row of one run; with the raw row where none became a lead."""

    __tablename__ = "issues"
    __table_args__ = (Index(None, "run_id", "row"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id)
    row: Mapped[int]
    severity: Mapped[str] = mapped_column(String(8))
    code: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    expected: Mapped[str] = mapped_column(Text)
    raw: Mapped[dict[str, Any] | None] = mapped_column(Json)
    url: Mapped[str | None] = mapped_column(Text)


class Schedule(Base):
    """When a source runs by itself: a cron expression or every so many seconds.

    ``words`` is the rule as it was put, where it was put in words. Each run begins up to
    ``jitter_seconds`` late, so that many do not begin at once.
    """

    __tablename__ = "schedules"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    cron: Mapped[str | None] = mapped_column(Text)
    every_seconds: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)
    jitter_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    next_due_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    enabled: Mapped[bool] = mapped_column(default=True)
    last_run_id: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
