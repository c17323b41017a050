"""Saved mappings: which column of a file is which field."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pipeline.database import dialects

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "saved_mappings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("header", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kinds", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("created_at", dialects.UTCDateTime(), nullable=False),
        sa.Column("used_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_mappings")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_mappings_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("saved_mappings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_mappings_fingerprint"), ["fingerprint"], unique=False
        )


def downgrade() -> None:
    """Take back."""
    op.drop_table("saved_mappings")
