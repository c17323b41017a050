"""A crawl's tables: its frontier, the hosts it visits, each request, what is known of a page."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Double,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.database.base import Base
from pipeline.database.dialects import Id, Json, UTCDateTime


class FrontierPage(Base):
    """A page that a crawl has met: ready, done, failed (``error`` says why) or skipped.

    ``carried`` is what the page that linked here said of it. It showed ``found`` records. Its body
    lies in the file ``body_file`` from ``body_at`` on. A page ``suspected`` so often was being read
    when its worker died.
    """

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint("run_id", "url_key"),
        Index(None, "run_id", "state", "host", "priority", "depth", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id)
    url: Mapped[str] = mapped_column(Text)
    url_key: Mapped[int] = mapped_column(BigInteger)
    host: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    depth: Mapped[int] = mapped_column(default=0)
    priority: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default="ready")
    error: Mapped[str | None] = mapped_column(Text)
    fetched_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    status: Mapped[int | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    suspected: Mapped[int] = mapped_column(default=0, server_default="0")
    found: Mapped[int] = mapped_column(default=0, server_default="0")
    carried: Mapped[dict[str, str] | None] = mapped_column(Json)
    body_file: Mapped[str | None] = mapped_column(Text)
    body_at: Mapped[int | None] = mapped_column(BigInteger)


class StagedPage(Base):
    """What a page showed, as JSON, until it has landed: gone the straight way to the leads."""

    __tablename__ = "staged_pages"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    page_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    records: Mapped[bytes] = mapped_column(LargeBinary)


class CrawlHost(Base):
    """A host that is, or was, visited: by which batch, and when it may be asked again.

    A host belongs to one batch at a time, over all runs and workers; so nobody else asks it.
    ``next_at`` is on the database's clock, ``slowness`` the seconds that it was made slower by.
    """

    __tablename__ = "hosts"
    __table_args__ = (Index(None, "batch_id"), {"sqlite_with_rowid": False})

    host: Mapped[str] = mapped_column(Text, primary_key=True)
    batch_id: Mapped[int | None] = mapped_column(Id)
    next_at: Mapped[float] = mapped_column(Double, default=0.0, server_default="0")
    slowness: Mapped[float] = mapped_column(Double, default=0.0, server_default="0")


class PageRequest(Base):
    """One request to a foreign host: when, by which permission, and what it was owed.

    ``asked_at`` is seconds since 1970, ``delay`` the least seconds owed since the one before.
    """

    __tablename__ = "requests"
    __table_args__ = (
        Index(None, "run_id"),
        Index(None, "host", "asked_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id)
    host: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[float] = mapped_column(Double)
    delay: Mapped[float] = mapped_column(Double)
    seconds: Mapped[float] = mapped_column(Double)
    concurrency: Mapped[int] = mapped_column(default=1)
    permission: Mapped[str] = mapped_column(String(40))
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(40))
    bytes: Mapped[int] = mapped_column(Integer, default=0)
    not_modified: Mapped[bool] = mapped_column(default=False)


class PageVersion(Base):
    """What a source last knew of a page: how to ask whether it changed, and where its body lies.

    ``contacts`` is the hash of the records that it showed.
    """

    __tablename__ = "page_versions"
    __table_args__ = ({"sqlite_with_rowid": False},)

    source: Mapped[str] = mapped_column(String(40), primary_key=True)
    url_key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    run_id: Mapped[int] = mapped_column(Id)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[int] = mapped_column(BigInteger)
    contacts: Mapped[int] = mapped_column(BigInteger)
    body_file: Mapped[str | None] = mapped_column(Text)
    body_at: Mapped[int | None] = mapped_column(BigInteger)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FieldCount(Base):
    """How many of the records that a run found have a field; ``""`` counts the records."""

    __tablename__ = "field_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int]
