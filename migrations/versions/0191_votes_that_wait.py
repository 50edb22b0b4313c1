"""Votes of accounts younger than a day, or without a confirmed address, count later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0191"
down_revision = "0190"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was counted so far stays counted."""
    op.add_column("bundle_votes", sa.Column("counted", sa.Boolean(), nullable=False,
                                            server_default=sa.true()))
    op.create_index("ix_bundle_votes_waiting", "bundle_votes", ["bundle_id"],
                    sqlite_where=sa.text("counted = 0"),
                    postgresql_where=sa.text("counted = false"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
