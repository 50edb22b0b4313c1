"""What buyers show of themselves to the house of one part of an order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0221"
down_revision = "0220"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing is shown yet."""
    op.create_table(
        "order_wishes",
        sa.Column("seller_order_id", BIG, sa.ForeignKey(
            "seller_orders.id", name="fk_order_wishes_seller_order_id_seller_orders"),
            primary_key=True),
        sa.Column("wish_id", BIG, sa.ForeignKey(
            "wishes.id", name="fk_order_wishes_wish_id_wishes", ondelete="CASCADE"),
            primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_order_wishes_person_id_people"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_order_wishes_wish_id", "order_wishes", ["wish_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
