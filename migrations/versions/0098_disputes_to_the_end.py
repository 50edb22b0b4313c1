"""Disputes to the end: held parts, what falls on whom, what the houses say, what is recovered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0098"
down_revision = "0094"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTHING = sa.text("''")


def upgrade() -> None:
    """Disputes that are open keep what they have; their shares are worked out when looked at."""
    op.add_column("seller_orders", sa.Column("hold", sa.String(10), nullable=False,
                                             server_default=NOTHING))
    with op.batch_alter_table("disputes") as batch:
        batch.add_column(sa.Column("reason", sa.String(60), nullable=False,
                                   server_default=NOTHING))
        for name in ("evidence_until", "answered_at"):
            batch.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("answered_by", sa.String(80), nullable=False,
                                   server_default=NOTHING))
        batch.drop_constraint(op.f("ck_disputes_state"), type_="check")
        batch.create_check_constraint(op.f("ck_disputes_state"),
                                      "state IN ('open','answered','won','lost')")
    op.create_table(
        "dispute_shares", _key("dispute_id", "dispute_shares", "disputes", primary_key=True),
        _key("seller_order_id", "dispute_shares", "seller_orders", primary_key=True),
        sa.Column("minor", BIG, nullable=False),
        sa.Column("commission_back_minor", BIG, nullable=False),
        sa.CheckConstraint("minor >= 0", name=op.f("ck_dispute_shares_minor")))
    op.create_table(
        "dispute_facts", sa.Column("id", BIG, primary_key=True),
        _key("dispute_id", "dispute_facts", "disputes", nullable=False),
        _key("producer_id", "dispute_facts", "producers", nullable=False),
        sa.Column("by_name", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_dispute_facts_dispute_id", "dispute_facts", ["dispute_id"])
    with op.batch_alter_table("refund_runs") as batch:
        batch.add_column(sa.Column("dispute_id", BIG, nullable=True))
        batch.create_foreign_key(op.f("fk_refund_runs_dispute_id_disputes"), "disputes",
                                 ["dispute_id"], ["id"])


def _key(column: str, table: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
