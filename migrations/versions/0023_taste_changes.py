"""Whose signals, ties or standing changed: what processes read anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A log beside the clock; the clock says from which change on the log is whole."""
    op.create_table(
        "taste_changes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("stamp", BIG, nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("what IN ('signals','follows','standing')",
                           name=op.f("ck_taste_changes_what")))
    op.create_index("ix_taste_changes_stamp", "taste_changes", ["stamp"])
    op.execute("ALTER TABLE signal_clock RENAME COLUMN ties TO logged_after")
    op.execute("UPDATE signal_clock SET logged_after = stamp")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
