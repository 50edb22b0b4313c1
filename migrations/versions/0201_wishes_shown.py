"""Wishes that somebody shows to one producer in one thread."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0201"
down_revision = "0200"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing is shown yet."""
    op.create_table(
        "shown_wishes",
        sa.Column("thread_id", BIG, sa.ForeignKey(
            "threads.id", name="fk_shown_wishes_thread_id_threads"), primary_key=True),
        sa.Column("wish_id", BIG, sa.ForeignKey(
            "wishes.id", name="fk_shown_wishes_wish_id_wishes", ondelete="CASCADE"),
            primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_shown_wishes_person_id_people"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_shown_wishes_wish_id", "shown_wishes", ["wish_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
