"""Answers after an invitation and answers without one are counted apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The nightly rebuild fills the counts; groups get counts of their own."""
    zero = sa.text("0")
    for name in ("invited_k", "invited_n", "spont_k", "spont_n"):
        op.add_column("scores", sa.Column(name, BIG, nullable=False, server_default=zero))
    op.add_column("scores", sa.Column("drift", sa.String(6)))
    op.create_table(
        "group_scores",
        sa.Column("group_id", BIG, sa.ForeignKey(
            "groups.id", name="fk_group_scores_group_id_groups"), primary_key=True),
        sa.Column("product_id", BIG, sa.ForeignKey(
            "products.id", name="fk_group_scores_product_id_products"), primary_key=True),
        sa.Column("k", BIG, nullable=False), sa.Column("n", BIG, nullable=False))
    op.create_index("ix_group_scores_product_id", "group_scores", ["product_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
