"""Cards say the deposit of what they show the price of (PAngV § 7)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The deposit of the cheapest variant on sale."""
    op.add_column("products", sa.Column("deposit_minor", BIG, nullable=False,
                                        server_default=sa.text("0")))
    op.execute(sa.text(
        "UPDATE products SET deposit_minor = coalesce((SELECT v.deposit_minor FROM variants v "
        "WHERE v.product_id = products.id AND v.active ORDER BY v.price_minor, v.position, v.id "
        "LIMIT 1), 0)"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
