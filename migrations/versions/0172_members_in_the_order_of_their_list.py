"""A page of members is read in the order of an index, however many there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0172"
down_revision = "0171"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those who belong now, by role and time."""
    op.create_index("ix_memberships_listed", "memberships",
                    ["group_id", "role", "joined_at", "id"],
                    sqlite_where=sa.text("left_at IS NULL"),
                    postgresql_where=sa.text("left_at IS NULL"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
