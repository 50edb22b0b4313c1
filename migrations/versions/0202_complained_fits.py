"""The longest state of a letter fits into its column."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0202"
down_revision = "0201"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No letter was complained of yet."""
    with op.batch_alter_table("letters") as batch:
        batch.alter_column("state", type_=sa.String(10), existing_type=sa.String(8),
                           existing_nullable=False)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
