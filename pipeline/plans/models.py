"""The tables of plans: leads as they would become, their keys, and each row's differences."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base
from pipeline.database.dialects import Json


class PlannedLead(Base):
    """A lead as a plan would leave it; one that it would create has minus its row as id.

    No ``values`` mean that the plan met the lead and would leave it as it is.
    """

    __tablename__ = "planned_leads"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    values: Mapped[dict[str, Any] | None] = mapped_column(Json)


class PlannedKey(Base):
    """An exact key that a lead would gain by a plan."""

    __tablename__ = "planned_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class PlannedChange(Base):
    """The fields of a known lead that one row would change: old values and new ones."""

    __tablename__ = "planned_changes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    after: Mapped[dict[str, Any]] = mapped_column(Json)
