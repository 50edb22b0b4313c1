"""Where goods come back to, if not to the seller's own address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0203"
down_revision = "0202"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody has another address yet."""
    op.create_table(
        "return_addresses", sa.Column("producer_id", BIG, nullable=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in (
            ("name", 120), ("street", 120), ("extra", 120), ("postcode", 12), ("city", 80),
            ("country", 2))),
        sa.PrimaryKeyConstraint("producer_id", name=op.f("pk_return_addresses")),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"],
                                name=op.f("fk_return_addresses_producer_id_producers")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
