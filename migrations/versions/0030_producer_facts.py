"""Figures about producers, kept by nightly jobs; and what the nightly count found wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0030"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables; the next night fills the first."""
    op.create_table(
        "producer_facts",
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_producer_facts_producer_id_producers"), primary_key=True),
        sa.Column("fact", sa.String(20), primary_key=True),
        sa.Column("to_on", sa.Date(), primary_key=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("k", BIG, nullable=True), sa.Column("n", BIG, nullable=False),
        sa.Column("value", sa.Double(), nullable=True), sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("computed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "fact IN ('answered','first_answer_median','first_answer_p90','solved',"
            "'critical_answered','dispatch_kept','came_back','verdict_k','verdict_n')",
            name=op.f("ck_producer_facts_fact")),
        sa.CheckConstraint("n >= 0 AND (k IS NULL OR k BETWEEN 0 AND n)",
                           name=op.f("ck_producer_facts_counts")))
    op.create_table(
        "score_differences",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        *(sa.Column(f"{name}_id", BIG, sa.ForeignKey(
            f"{name}s.id", name=f"fk_score_differences_{name}_id_{name}s"), nullable=True)
          for name in ("product", "lot", "group")),
        sa.Column("name", sa.String(12), nullable=False),
        sa.Column("kept", sa.Double(), nullable=False),
        sa.Column("counted", sa.Double(), nullable=False))
    op.create_index("ix_score_differences_found_at", "score_differences", ["found_at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
