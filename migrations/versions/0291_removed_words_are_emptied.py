"""Removed words are kept for the time of appeals only; of overdue appeals people are reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0291"
down_revision = "0290"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was removed before is emptied when its own six months are over."""
    for table in ("appeals", "exclusion_appeals"):
        op.add_column(table, sa.Column("reminded_at", UtcDateTime()))
    op.add_column("decisions", sa.Column("emptied_at", UtcDateTime()))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
