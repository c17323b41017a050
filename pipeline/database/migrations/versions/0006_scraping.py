"""Scraping: hosts, requests, staged pages, page versions, declared sources, alarms."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pipeline.database import dialects

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OLD_INDEX = ["run_id", "state", "id"]
_INDEX = ["run_id", "state", "host", "priority", "depth", "id"]


def upgrade() -> None:
    """Apply."""
    _create_crawl_tables()
    _create_source_tables()
    for column in _page_columns():
        op.add_column("pages", column)
    op.drop_index(op.f("ix_pages_run_id_state_id"), "pages")
    name = op.f("ix_pages_run_id_state_host_priority_depth_id")
    op.create_index(name, "pages", _INDEX, unique=False)
    op.add_column("schedules", sa.Column("words", sa.Text(), nullable=True))
    jitter = sa.Column("jitter_seconds", sa.Integer(), server_default="0", nullable=False)
    op.add_column("schedules", jitter)
    op.add_column("runs", sa.Column("replays", _id(), nullable=True))


def downgrade() -> None:
    """Take back."""
    op.drop_column("runs", "replays")
    op.drop_column("schedules", "jitter_seconds")
    op.drop_column("schedules", "words")
    op.drop_index(op.f("ix_pages_run_id_state_host_priority_depth_id"), "pages")
    op.create_index(op.f("ix_pages_run_id_state_id"), "pages", _OLD_INDEX, unique=False)
    for column in reversed(_page_columns()):
        op.drop_column("pages", column.name)
    op.drop_index(op.f("ix_alarms_state"), "alarms")
    op.drop_index(op.f("ix_alarms_run_id"), "alarms")
    op.drop_table("alarms")
    op.drop_table("declared_sources")
    op.drop_table("field_counts")
    op.drop_table("page_versions")
    op.drop_index(op.f("ix_requests_run_id"), "requests")
    op.drop_index(op.f("ix_requests_host_asked_at"), "requests")
    op.drop_table("requests")
    op.drop_index(op.f("ix_hosts_batch_id"), "hosts")
    op.drop_table("hosts")
    op.drop_table("staged_pages")


def _create_crawl_tables() -> None:
    op.create_table(
        "staged_pages",
        sa.Column("run_id", _id(), autoincrement=False, nullable=False),
        sa.Column("page_id", _id(), autoincrement=False, nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "page_id", name=op.f("pk_staged_pages")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("batch_id", _id(), nullable=True),
        sa.Column("next_at", sa.Double(), server_default="0", nullable=False),
        sa.Column("slowness", sa.Double(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hosts_batch_id"), "hosts", ["batch_id"], unique=False)
    op.create_table(
        "requests",
        sa.Column("id", _id(), nullable=False),
        sa.Column("run_id", _id(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("delay", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("concurrency", sa.Integer(), nullable=False),
        sa.Column("permission", sa.String(length=40), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("not_modified", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
        sqlite_autoincrement=True,
    )
    name = op.f("ix_requests_host_asked_at")
    op.create_index(name, "requests", ["host", "asked_at"], unique=False)
    op.create_index(op.f("ix_requests_run_id"), "requests", ["run_id"], unique=False)
    op.create_table(
        "page_versions",
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("url_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("run_id", _id(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("contacts", sa.BigInteger(), nullable=False),
        sa.Column("body_file", sa.Text(), nullable=True),
        sa.Column("body_at", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url_key", name=op.f("pk_page_versions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "field_counts",
        sa.Column("run_id", _id(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "field", name=op.f("pk_field_counts")),
        sqlite_with_rowid=False,
    )


def _create_source_tables() -> None:
    op.create_table(
        "declared_sources",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("homepage", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("expects", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", dialects.UTCDateTime(), nullable=False),
        sa.Column("updated_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_declared_sources")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alarms",
        sa.Column("id", _id(), nullable=False),
        sa.Column("run_id", _id(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("before_page", _id(), nullable=True),
        sa.Column("after_page", _id(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", dialects.UTCDateTime(), nullable=True),
        sa.Column("created_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alarms_run_id"), "alarms", ["run_id"], unique=False)
    op.create_index(op.f("ix_alarms_state"), "alarms", ["state"], unique=False)


def _page_columns() -> list["sa.Column[object]"]:
    return [
        sa.Column("host", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("suspected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("carried", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("body_file", sa.Text(), nullable=True),
        sa.Column("body_at", sa.BigInteger(), nullable=True),
    ]


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
