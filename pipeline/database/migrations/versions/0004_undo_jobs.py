"""Undo as a job with progress, runs that pause, sightings that know what they replaced."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pipeline.database import dialects

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_REVERSALS = ("removed", "restored", "recreated", "kept")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "kept_leads",
        sa.Column("operation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("operation_id", "lead_id", name=op.f("pk_kept_leads")),
        sqlite_with_rowid=False,
    )
    for table in ("runs", "batches"):
        for name in _REVERSALS:
            op.add_column(table, sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("batches", sa.Column("after_lead", _id(), server_default="0", nullable=False))
    op.add_column("runs", sa.Column("paused_at", dialects.UTCDateTime(), nullable=True))
    op.add_column(
        "runs", sa.Column("paused_seconds", sa.Double(), server_default="0", nullable=False)
    )
    op.add_column("sightings", sa.Column("operation_id", _id(), nullable=True))
    op.add_column("sightings", sa.Column("run_before", _id(), nullable=True))
    op.add_column("sightings", sa.Column("seen_before", dialects.UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Take back."""
    for table, names in (
        ("sightings", ("seen_before", "run_before", "operation_id")),
        ("runs", ("paused_seconds", "paused_at", *_REVERSALS)),
        ("batches", ("after_lead", *_REVERSALS)),
    ):
        for name in names:
            op.drop_column(table, name)
    op.drop_table("kept_leads")


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
