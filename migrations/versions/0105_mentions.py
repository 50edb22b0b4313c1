"""What is said elsewhere of goods and houses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0105"
down_revision = "0103"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HOUSE = sa.text("product_id IS NULL")
GOODS = sa.text("product_id IS NOT NULL")


def upgrade() -> None:
    """None is known yet."""
    op.create_table(
        "mentions", sa.Column("id", BIG, primary_key=True),
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_mentions_producer_id_producers"), nullable=False),
        sa.Column("product_id", BIG, sa.ForeignKey(
            "products.id", name="fk_mentions_product_id_products")),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("mood", sa.String(8), nullable=False),
        sa.Column("excerpt", sa.String(300), nullable=False),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_mentions_person_id_people")),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.Column("dead_told_at", UtcDateTime()),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('portal','forum','test','blog','press')",
                           name=op.f("ck_mentions_kind")),
        sa.CheckConstraint("mood IN ('praise','mixed','critical')", name=op.f("ck_mentions_mood")),
        sa.CheckConstraint("length(excerpt) <= 300", name=op.f("ck_mentions_excerpt")))
    op.create_index("uq_mentions_house", "mentions", ["url", "producer_id"], unique=True,
                    sqlite_where=HOUSE, postgresql_where=HOUSE)
    op.create_index("uq_mentions_goods", "mentions", ["url", "product_id"], unique=True,
                    sqlite_where=GOODS, postgresql_where=GOODS)
    op.create_index("ix_mentions_producer_id", "mentions", ["producer_id", "published_on"])
    op.create_index("ix_mentions_product_id", "mentions", ["product_id", "published_on"])
    op.create_index("ix_mentions_checked_at", "mentions", ["checked_at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
