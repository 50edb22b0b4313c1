"""Own photos in bundles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0213"
down_revision = "0212"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No bundle has one yet."""
    op.add_column("bundles", sa.Column("photos", sa.JSON()))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
