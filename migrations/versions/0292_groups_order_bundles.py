"""Groups order the list of their bundles by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0292"
down_revision = "0291"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """No list has an order of its own until somebody makes one."""
    op.add_column("bundles", sa.Column("group_pos", BIG))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
