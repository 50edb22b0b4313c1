"""Goods placed freely on a board, and the picture made of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0173"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What is there stands on boards; nothing lies anywhere yet."""
    for name in ("x", "y", "w", "h", "rot", "z"):
        op.add_column("bundle_items", sa.Column(name, BIG, nullable=True))
    op.add_column("bundle_items", sa.Column("crop", sa.JSON(), nullable=True))
    op.add_column("bundle_items", sa.Column("picture_key", sa.String(40), nullable=False,
                                            server_default=""))
    op.add_column("bundles", sa.Column("season", sa.String(10), nullable=True))
    op.add_column("bundles", sa.Column("alt", sa.String(300), nullable=False, server_default=""))
    op.add_column("bundles", sa.Column("background", sa.String(7), nullable=False,
                                       server_default="#F7F3EA"))
    op.add_column("bundles", sa.Column("preview", sa.JSON(), nullable=True))
    op.add_column("bundles", sa.Column("not_here", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
