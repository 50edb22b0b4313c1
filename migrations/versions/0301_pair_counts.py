"""How many members put two goods together is kept, so that pages need not count bundles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0301"
down_revision = "0300"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _foreign(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["products.id"],
                                   name=op.f(f"fk_pair_counts_{column}_products"))


def upgrade() -> None:
    """Counted once from the bundles that are public now; from three authors on."""
    op.create_table(
        "pair_counts", sa.Column("product_id", BIG, nullable=False),
        sa.Column("other_id", BIG, nullable=False), sa.Column("authors", BIG, nullable=False),
        sa.PrimaryKeyConstraint("product_id", "other_id", name=op.f("pk_pair_counts")),
        sa.CheckConstraint("product_id < other_id", name=op.f("ck_pair_counts_order")),
        _foreign("product_id"), _foreign("other_id"))
    op.create_index("ix_pair_counts_other_id", "pair_counts", ["other_id"])
    op.execute(
        "INSERT INTO pair_counts (product_id, other_id, authors) "
        "SELECT a.product_id, b.product_id, COUNT(DISTINCT d.author_id) FROM bundle_items a "
        "JOIN bundle_items b ON b.bundle_id = a.bundle_id AND b.product_id > a.product_id "
        "JOIN bundles d ON d.id = a.bundle_id WHERE d.visibility = 'public' "
        "AND d.state = 'published' AND d.standing IN ('visible', 'labelled') "
        "GROUP BY a.product_id, b.product_id HAVING COUNT(DISTINCT d.author_id) >= 3")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
