"""The tables of the matching index: derived from leads, and made anew from them at any time."""

from sqlalchemy import BigInteger, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base
from pipeline.database.dialects import Id


class MatchKey(Base):
    """A blocking key that a lead bears."""

    __tablename__ = "match_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lead_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class HotKey(Base):
    """A blocking key that so many leads bear that it is neither probed nor written any more."""

    __tablename__ = "hot_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class TermCount(Base):
    """How many leads bear a term; the term 0 counts all leads in the index."""

    __tablename__ = "term_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    term: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    count: Mapped[int]


class LeadFeatures(Base):
    """A lead as matching sees it, made from its values as of ``version``.

    ``features`` are those of the lead and of each lead merged into it, ``keys`` and ``terms`` its
    blocking keys and the terms it is counted by. ``form`` is the version of the code that made
    them.
    """

    __tablename__ = "lead_features"

    lead_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    version: Mapped[int]
    form: Mapped[int] = mapped_column(SmallInteger)
    features: Mapped[bytes] = mapped_column(LargeBinary)
    keys: Mapped[bytes] = mapped_column(LargeBinary)
    terms: Mapped[bytes] = mapped_column(LargeBinary)
