"""Whether one group may write by mail, whatever the settings say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0222"
down_revision = "0221"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody hears of their groups as their settings say."""
    with op.batch_alter_table("memberships") as batch:
        batch.add_column(sa.Column("mail", sa.String(3)))
        batch.create_check_constraint(op.f("ck_memberships_mail"), "mail IN ('on','off')")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
