"""A tap of liking for a product, apart from every score."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One per member and product."""
    op.create_table(
        "taps",
        sa.Column("product_id", BIG, sa.ForeignKey(
            "products.id", name="fk_taps_product_id_products"), primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_taps_person_id_people"), primary_key=True),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_taps_person_id", "taps", ["person_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
