"""Letters that come back, producers and threads that rest for somebody, own words, a closing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0200"
down_revision = "0191"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing came back yet, nothing rests, nothing was added to a letter."""
    for name in ("bounced", "soft"):
        op.add_column("class_health", sa.Column(name, BIG, nullable=False, server_default="0"))
    op.add_column("letters", sa.Column("own_version", BIG))
    op.create_index("ix_letters_to_hash", "letters", ["to_hash", "state"])
    op.create_table(
        "snoozes",
        sa.Column("person_id", BIG, sa.ForeignKey("people.id", name="fk_snoozes_person_id_people"),
                  primary_key=True),
        sa.Column("thing", sa.String(8), primary_key=True),
        sa.Column("thing_id", BIG, primary_key=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.CheckConstraint("thing IN ('producer','thread')", name=op.f("ck_snoozes_thing")))
    op.create_table(
        "own_texts", sa.Column("template", sa.String(40), primary_key=True),
        sa.Column("lang", sa.String(2), primary_key=True),
        sa.Column("version", BIG, primary_key=True), sa.Column("words", sa.Text, nullable=False),
        sa.Column("by_id", BIG, sa.ForeignKey("people.id", name="fk_own_texts_by_id_people"),
                  nullable=False), sa.Column("at", UtcDateTime(), nullable=False))
    op.create_table(
        "market_closings", sa.Column("id", BIG, primary_key=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("rounds", BIG, nullable=False), sa.Column("taken_back_at", UtcDateTime()))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
