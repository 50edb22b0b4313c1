"""The counts of products at the end of days on which they changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two years are kept."""
    op.create_table(
        "score_days",
        sa.Column("product_id", BIG, sa.ForeignKey(
            "products.id", name="fk_score_days_product_id_products"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("k", BIG, nullable=False), sa.Column("n", BIG, nullable=False),
        sa.Column("buyers", BIG, nullable=False))
    op.create_index("ix_score_days_day", "score_days", ["day"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
