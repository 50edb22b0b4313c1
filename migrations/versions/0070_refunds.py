"""What is given back: refunds with their lines, and how much of a line and part is gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0070"
down_revision = "0061"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing was given back before, so all counters begin at nothing."""
    for name in ("withdrawn", "refunded_minor"):
        op.add_column("order_lines", sa.Column(name, BIG, nullable=False,
                                               server_default=sa.text("0")))
    op.add_column("seller_orders", sa.Column("refunded_goods_minor", BIG, nullable=False,
                                             server_default=sa.text("0")))
    with op.batch_alter_table("order_lines") as batch:
        for name in ("withdrawn", "refunded_minor"):
            batch.alter_column(name, existing_type=BIG, server_default=None)
        batch.create_check_constraint(op.f("ck_order_lines_withdrawn"),
                                      "withdrawn <= qty - cancelled")
        batch.create_check_constraint(op.f("ck_order_lines_refunded"),
                                      "refunded_minor <= total_minor + deposit_minor")
    with op.batch_alter_table("seller_orders") as batch:
        batch.alter_column("refunded_goods_minor", existing_type=BIG, server_default=None)
    _refunds()


def _key(column: str, table: str, target: str, **more: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), **more)


def _refunds() -> None:
    amounts = [sa.Column(name, BIG, nullable=False)
               for name in ("minor", "shipping_minor", "goods_minor")]
    op.create_table(
        "refunds", sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(12), nullable=False),
        _key("seller_order_id", "refunds", "seller_orders", nullable=False),
        sa.Column("cause", sa.String(12), nullable=False), *amounts,
        sa.Column("method", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("by_name", sa.String(60), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("code", name=op.f("uq_refunds_code")),
        sa.CheckConstraint("minor > 0", name=op.f("ck_refunds_minor")),
        sa.CheckConstraint("cause IN ('cancel','withdrawal','complaint','overpaid',"
                           "'late_payment','dispute')", name=op.f("ck_refunds_cause")),
        sa.CheckConstraint("state IN ('due','sending','sent','done','failed')",
                           name=op.f("ck_refunds_state")))
    op.create_index("ix_refunds_seller_order_id", "refunds", ["seller_order_id"])
    op.create_index("ix_refunds_state", "refunds", ["state", "due_on"])
    op.create_table(
        "refund_lines", _key("refund_id", "refund_lines", "refunds", primary_key=True),
        _key("line_id", "refund_lines", "order_lines", primary_key=True),
        sa.Column("qty", BIG, nullable=False), sa.Column("minor", BIG, nullable=False))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
