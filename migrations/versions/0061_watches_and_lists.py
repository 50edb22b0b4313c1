"""What people wait for and keep on lists; from which stock on a producer is warned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def upgrade() -> None:
    """Three tables, and two columns that start empty."""
    op.create_table(
        "watches", sa.Column("id", BIG, primary_key=True),
        _key("watches", "person_id", "people", nullable=False),
        _key("watches", "product_id", "products", nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.String(40), nullable=False),
        sa.Column("price_minor", BIG, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("person_id", "product_id", "kind", "size",
                            name=op.f("uq_watches_person_id_product_id_kind_size")),
        sa.CheckConstraint("kind IN ('back','next_lot','price')", name=op.f("ck_watches_kind")))
    op.create_index("ix_watches_product", "watches", ["product_id", "kind", "told_at", "at"])
    op.create_table(
        "wishlists", sa.Column("id", BIG, primary_key=True),
        _key("wishlists", "person_id", "people", nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("code", name=op.f("uq_wishlists_code")))
    op.create_index("ix_wishlists_person_id", "wishlists", ["person_id"])
    op.create_table(
        "wishlist_items",
        _key("wishlist_items", "list_id", "wishlists", primary_key=True),
        _key("wishlist_items", "product_id", "products", primary_key=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_wishlist_items_product_id", "wishlist_items", ["product_id"])
    op.add_column("variants", sa.Column("low_at", BIG, nullable=True))
    op.add_column("variants", sa.Column("low_told_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
