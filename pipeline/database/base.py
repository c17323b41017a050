"""What every table shares: the declarative base, constraint names, the clock."""

from datetime import UTC, datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of all tables; constraint names follow one convention that migrations rely on."""

    metadata = MetaData(naming_convention=NAMES)


def utc_now() -> datetime:
    """Give this machine's time, aware, in UTC. Leases use the database's clock instead."""
    return datetime.now(UTC)
