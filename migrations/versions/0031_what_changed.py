"""What a producer changed because of a buyer's words stands with the reply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One sentence each, in the reply and in its versions."""
    for table in ("replies", "reply_versions"):
        op.add_column(table, sa.Column("changed", sa.String(280), nullable=False,
                                       server_default=sa.text("''")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
