"""How often a house was reminded of the steps that are open before it can sell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody was reminded yet."""
    op.add_column("producers", sa.Column("steps_reminded", BIG, nullable=False,
                                         server_default=sa.text("0")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
