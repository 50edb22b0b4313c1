"""What was agreed at the checkout stands with each contract; a network's key for a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Orders of before say nothing of it."""
    op.add_column("orders", sa.Column("network_key", sa.String(32)))
    op.create_index("ix_orders_network_key", "orders", ["network_key"])
    op.add_column("seller_orders", sa.Column("delivery_note", sa.String(140), nullable=False,
                                             server_default=sa.text("''")))
    op.add_column("seller_orders", sa.Column("age_check", sa.JSON()))
    op.add_column("seller_orders", sa.Column("instruction_version", sa.String(20), nullable=False,
                                             server_default=sa.text("''")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
