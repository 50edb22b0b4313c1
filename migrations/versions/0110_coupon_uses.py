"""Which part of an order used a coupon, so that the use is given back where nothing comes of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0110"
down_revision = "0130"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Uses from before stay counted; nothing tells of which part they were."""
    op.create_table(
        "coupon_uses",
        sa.Column("seller_order_id", BIG, sa.ForeignKey(
            "seller_orders.id", name="fk_coupon_uses_seller_order_id_seller_orders"),
            primary_key=True, autoincrement=False),
        sa.Column("coupon_id", BIG, sa.ForeignKey(
            "coupons.id", name="fk_coupon_uses_coupon_id_coupons"), nullable=False),
        sa.Column("given_back_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
