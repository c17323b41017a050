"""The tables of matches, judgements and learnt weights."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Double, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base, utc_now
from pipeline.database.dialects import Id, Json, UTCDateTime


class MatchState(StrEnum):
    """What has become of a pair."""

    OPEN = "open"
    MERGED = "merged"
    DISTINCT = "distinct"
    GONE = "gone"


class Match(Base):
    """A scored pair of leads, with all that is needed to explain it and to score it again.

    ``left_id`` is below ``right_id``. ``state`` is open (waits for a person), merged (by a rule
    or a person), distinct, or gone (one of the leads is no more, or the score fell).
    ``usefulness`` orders the queue: how much an answer would teach. ``evidence`` holds the
    reasons, the guards, the frequencies they were weighed by and the features of both leads.
    """

    __tablename__ = "matches"
    __table_args__ = (
        UniqueConstraint("left_id", "right_id"),
        Index(None, "right_id"),
        Index(None, "state", "usefulness", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    left_id: Mapped[int] = mapped_column(Id)
    right_id: Mapped[int] = mapped_column(Id)
    bits: Mapped[float] = mapped_column(Double)
    band: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    usefulness: Mapped[int] = mapped_column(Integer, default=0)
    weights: Mapped[int] = mapped_column(Integer, default=0)
    evidence: Mapped[dict[str, Any]] = mapped_column(Json)
    run_id: Mapped[int | None] = mapped_column(Id)
    operation_id: Mapped[int | None] = mapped_column(Id)
    skipped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)


class Judgement(Base):
    """What a person said of two leads: one (positive) or two (negative). Outranks every rule.

    It holds between the records as their sources published them (the digests of one sighting of
    each), so that it survives merges, splits and re-imports: ``left_sighting`` is the sighting that
    bore ``left_digest`` last. ``left_id`` and ``right_id`` are the leads that were looked at. A
    judgement that was taken back bears the operation that did so. ``evidence`` is what the pair
    was scored by then, for learning; of the judgements of one answer only one bears it.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        Index(None, "left_digest"),
        Index(None, "right_digest"),
        Index(None, "operation_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    left_id: Mapped[int] = mapped_column(Id)
    right_id: Mapped[int] = mapped_column(Id)
    left_sighting: Mapped[int] = mapped_column(Id)
    right_sighting: Mapped[int] = mapped_column(Id)
    left_digest: Mapped[int] = mapped_column(BigInteger)
    right_digest: Mapped[int] = mapped_column(BigInteger)
    is_same: Mapped[bool]
    match_id: Mapped[int | None] = mapped_column(Id)
    operation_id: Mapped[int] = mapped_column(Id)
    withdrawn_by: Mapped[int | None] = mapped_column(Id)
    actor: Mapped[str] = mapped_column(String(80))
    evidence: Mapped[dict[str, Any] | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)


class LearntWeights(Base):
    """Weights refitted from answers; the newest that was ``taken`` is in force."""

    __tablename__ = "learnt_weights"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    weights: Mapped[dict[str, Any]] = mapped_column(Json)
    answers: Mapped[int]
    taken: Mapped[bool]
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
