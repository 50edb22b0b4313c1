"""What the market advanced for refunds, and what is kept of later transfers for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0120"
down_revision = "0110"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing was advanced so far, nothing is kept."""
    op.create_table(
        "advances",
        sa.Column("refund_id", BIG, sa.ForeignKey(
            "refunds.id", name="fk_advances_refund_id_refunds"), primary_key=True),
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_advances_producer_id_producers"), nullable=False),
        sa.Column("mode", sa.String(4), nullable=False),
        sa.Column("minor", BIG, nullable=False), sa.Column("back_minor", BIG, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("minor > 0 AND 0 <= back_minor AND back_minor <= minor",
                           name=op.f("ck_advances_minor")))
    still = sa.text("back_minor < minor")
    op.create_index("ix_advances_open", "advances", ["producer_id", "mode"], sqlite_where=still,
                    postgresql_where=still)
    for table, name in (("payment_parts", "netted_minor"), ("refund_runs", "advanced_minor")):
        op.add_column(table, sa.Column(name, BIG, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
