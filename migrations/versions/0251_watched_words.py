"""Words that houses watch for, and where they were said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0251"
down_revision = "0250"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The names of houses that are there already come with the job of the day."""
    op.create_table(
        "watched_words", sa.Column("id", BIG, primary_key=True),
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_watched_words_producer_id_producers"), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("head", sa.String(60), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('own','house','goods')", name=op.f("ck_watched_words_kind")),
        sa.UniqueConstraint("producer_id", "key", name=op.f("uq_watched_words_producer_id_key")))
    op.create_index("ix_watched_words_head", "watched_words", ["head"])
    op.create_table(
        "word_finds", sa.Column("id", BIG, primary_key=True),
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_word_finds_producer_id_producers"), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("thing", sa.String(8), nullable=False),
        sa.Column("thing_id", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("thing IN ('post','rating')", name=op.f("ck_word_finds_thing")),
        sa.UniqueConstraint("producer_id", "thing", "thing_id",
                            name=op.f("uq_word_finds_producer_id_thing_thing_id")))
    op.create_index("ix_word_finds_at", "word_finds", ["producer_id", "at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
