"""The word of where a case comes from has room for every source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that stands there changes."""
    with op.batch_alter_table("cases") as batch:
        batch.alter_column("source", existing_type=sa.String(8), type_=sa.String(12),
                           existing_nullable=False)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
