"""What proves a producer's words: issuer, number and the day it ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = "'organic','origin','animal','working_conditions','craft','other'"


def upgrade() -> None:
    """One row for each confirmation; nothing is shown before a person of the operator checked it.
    """
    op.create_table(
        "evidence", sa.Column("id", BIG, primary_key=True),
        *(sa.Column(name, BIG, sa.ForeignKey(f"{table}.id", name=f"fk_evidence_{name}_{table}"),
                    nullable=nullable) for name, table, nullable in (
            ("producer_id", "producers", False), ("checked_by", "people", True))),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("issuer", sa.String(120), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("public_url", sa.String(300), nullable=True),
        sa.Column("handed_in_at", UtcDateTime(), nullable=False),
        sa.Column("back_words", sa.String(300), nullable=False),
        *(sa.Column(name, UtcDateTime(), nullable=True)
          for name in ("checked_at", "warned_at", "expired_at")),
        sa.UniqueConstraint("producer_id", "kind", "issuer", "number",
                            name=op.f("uq_evidence_producer_id_kind_issuer_number")),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_evidence_kind")))
    op.create_index("ix_evidence_until", "evidence", ["until"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
