"""Signs that an answer was not given freely, and prints of words to find copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Points set an answer aside; nothing is deleted."""
    op.create_table(
        "rating_flags", sa.Column("id", BIG, primary_key=True),
        sa.Column("rating_id", BIG, sa.ForeignKey(
            "ratings.id", name="fk_rating_flags_rating_id_ratings"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("points", BIG, nullable=False), sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('open','confirmed','cleared')",
                           name=op.f("ck_rating_flags_state")),
        sa.UniqueConstraint("rating_id", "kind", name="uq_rating_flags_rating_id_kind"))
    op.create_index("ix_rating_flags_state", "rating_flags", ["state", "due_at"])
    op.create_table(
        "text_prints",
        sa.Column("rating_version_id", BIG, sa.ForeignKey(
            "rating_versions.id", name="fk_text_prints_rating_version_id_rating_versions"),
            primary_key=True),
        sa.Column("hash64", BIG, primary_key=True, autoincrement=False))
    op.create_index("ix_text_prints_hash64", "text_prints", ["hash64"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
