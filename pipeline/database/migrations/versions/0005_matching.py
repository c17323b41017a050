"""Matching: the index, matches, judgements, learnt weights, merges."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from pipeline.database import dialects

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_RESOLVED = ("resolved", "merged", "to_review")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "hot_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_hot_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgements",
        sa.Column("id", _id(), nullable=False),
        sa.Column("left_id", _id(), nullable=False),
        sa.Column("right_id", _id(), nullable=False),
        sa.Column("left_sighting", _id(), nullable=False),
        sa.Column("right_sighting", _id(), nullable=False),
        sa.Column("left_digest", sa.BigInteger(), nullable=False),
        sa.Column("right_digest", sa.BigInteger(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("match_id", _id(), nullable=True),
        sa.Column("operation_id", _id(), nullable=False),
        sa.Column("withdrawn_by", _id(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_judgements_left_digest"), "judgements", ["left_digest"], unique=False)
    op.create_index(
        op.f("ix_judgements_right_digest"), "judgements", ["right_digest"], unique=False
    )
    op.create_index(
        op.f("ix_judgements_operation_id"), "judgements", ["operation_id"], unique=False
    )

    op.create_table(
        "lead_features",
        sa.Column("lead_id", _id(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form", sa.SmallInteger(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lead_id", name=op.f("pk_lead_features")),
    )
    op.create_table(
        "learnt_weights",
        sa.Column("id", _id(), nullable=False),
        sa.Column("weights", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt_weights")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "match_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lead_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "lead_id", name=op.f("pk_match_keys")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "matches",
        sa.Column("id", _id(), nullable=False),
        sa.Column("left_id", _id(), nullable=False),
        sa.Column("right_id", _id(), nullable=False),
        sa.Column("bits", sa.Double(), nullable=False),
        sa.Column("band", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("usefulness", sa.Integer(), nullable=False),
        sa.Column("weights", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("run_id", _id(), nullable=True),
        sa.Column("operation_id", _id(), nullable=True),
        sa.Column("skipped_at", dialects.UTCDateTime(), nullable=True),
        sa.Column("created_at", dialects.UTCDateTime(), nullable=False),
        sa.Column("updated_at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("left_id", "right_id", name=op.f("uq_matches_left_id_right_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_matches_right_id"), "matches", ["right_id"], unique=False)
    op.create_index(
        op.f("ix_matches_state_usefulness_id"),
        "matches",
        ["state", "usefulness", "id"],
        unique=False,
    )

    op.create_table(
        "merges",
        sa.Column("id", _id(), nullable=False),
        sa.Column("operation_id", _id(), nullable=False),
        sa.Column("winner_id", _id(), nullable=False),
        sa.Column("loser_id", _id(), nullable=False),
        sa.Column("loser_values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("match_id", _id(), nullable=True),
        sa.Column("split_by", _id(), nullable=True),
        sa.Column("at", dialects.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_merges_loser_id"), "merges", ["loser_id"], unique=False)
    op.create_index(op.f("ix_merges_operation_id"), "merges", ["operation_id"], unique=False)
    op.create_index(op.f("ix_merges_winner_id"), "merges", ["winner_id"], unique=False)

    op.create_table(
        "term_counts",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_term_counts")),
        sqlite_with_rowid=False,
    )
    op.add_column("sightings", sa.Column("home_id", _id(), nullable=True))
    op.add_column("changes", sa.Column("merge_id", _id(), nullable=True))
    op.create_index(op.f("ix_operations_undoes"), "operations", ["undoes"], unique=False)
    for name in _RESOLVED:
        op.add_column("runs", sa.Column(name, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take back."""
    for name in reversed(_RESOLVED):
        op.drop_column("runs", name)
    op.drop_index(op.f("ix_operations_undoes"), "operations")
    op.drop_column("changes", "merge_id")
    op.drop_column("sightings", "home_id")

    op.drop_table("term_counts")
    op.drop_index(op.f("ix_merges_winner_id"), "merges")
    op.drop_index(op.f("ix_merges_operation_id"), "merges")
    op.drop_index(op.f("ix_merges_loser_id"), "merges")

    op.drop_table("merges")
    op.drop_index(op.f("ix_matches_state_usefulness_id"), "matches")
    op.drop_index(op.f("ix_matches_right_id"), "matches")

    op.drop_table("matches")
    op.drop_table("match_keys")
    op.drop_table("learnt_weights")
    op.drop_table("lead_features")
    op.drop_index(op.f("ix_judgements_right_digest"), "judgements")
    op.drop_index(op.f("ix_judgements_left_digest"), "judgements")
    op.drop_index(op.f("ix_judgements_operation_id"), "judgements")

    op.drop_table("judgements")
    op.drop_table("hot_keys")


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
