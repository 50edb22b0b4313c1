"""Invitations to act for a producer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One row per invitation; the link itself is not kept, only its hash."""
    op.create_table(
        "staff_links", sa.Column("id", BIG, primary_key=True),
        *(sa.Column(name, BIG, sa.ForeignKey(f"{table}.id", name=f"fk_staff_links_{name}_{table}"),
                    nullable=nullable) for name, table, nullable in (
            ("producer_id", "producers", False), ("made_by", "people", False),
            ("used_by", "people", True))),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("hash", name=op.f("uq_staff_links_hash")),
        sa.CheckConstraint("role IN ('owner','editor','service','shipping')",
                           name=op.f("ck_staff_links_role")))
    op.create_index("ix_staff_links_producer_id", "staff_links", ["producer_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
