"""The nightly comparison: lines of the provider's account, days compared, what differs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Days before are not compared: their moves carry what was known then."""
    op.create_table(
        "provider_lines", sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("reference", sa.String(80), primary_key=True),
        sa.Column("minor", BIG, nullable=False), sa.Column("fee_minor", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_table(
        "compared_days", sa.Column("on_day", sa.Date(), primary_key=True),
        sa.Column("lines", BIG, nullable=False), sa.Column("moves", BIG, nullable=False),
        sa.Column("differences", BIG, nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=False))
    op.create_table(
        "differences", sa.Column("id", BIG, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("ours_minor", BIG, nullable=False), sa.Column("theirs_minor", BIG,
                                                                nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("by_name", sa.String(80), nullable=False),
        sa.Column("why", sa.String(300), nullable=False),
        sa.CheckConstraint("state IN ('open','gone','settled')",
                           name=op.f("ck_differences_state")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_differences_kind_reference")))
    op.create_index("ix_ledger_moves_reference", "ledger_moves", ["reference"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
