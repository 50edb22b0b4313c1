"""Withdrawals by line, with what follows: goods on their way back, objections, the money."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0091"
down_revision = "0088"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = {"lang": 2, "same_key": 64, "proof": 300, "proof_file": 80, "objection": 10,
         "objection_words": 500, "answered_by": 60, "assigned_by": 60, "paper_file": 80,
         "paper_sha256": 64}


def upgrade() -> None:
    """Declarations of before were about a whole part; no piece of it came back yet."""
    with op.batch_alter_table("withdrawals") as batch:
        for name, length in WORDS.items():
            batch.add_column(sa.Column(name, sa.String(length), nullable=True))
        for name in ("proof_at", "goods_at"):
            batch.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        batch.add_column(sa.Column("shipping_minor", BIG, nullable=True))
        batch.add_column(sa.Column("refund_id", BIG, sa.ForeignKey(
            "refunds.id", name="fk_withdrawals_refund_id_refunds"), nullable=True))
        batch.create_check_constraint(op.f("ck_withdrawals_objection"),
                                      "objection IN ('late','excluded','not_ours')")
    op.create_index("ix_withdrawals_state", "withdrawals", ["state", "refund_by"])
    op.create_index("uq_withdrawals_same_key", "withdrawals", ["same_key"], unique=True)
    op.create_table(
        "withdrawal_lines",
        sa.Column("withdrawal_id", BIG, sa.ForeignKey(
            "withdrawals.id", name="fk_withdrawal_lines_withdrawal_id_withdrawals"),
            primary_key=True),
        sa.Column("line_id", BIG, sa.ForeignKey(
            "order_lines.id", name="fk_withdrawal_lines_line_id_order_lines"), primary_key=True),
        sa.Column("qty", BIG, nullable=False), sa.Column("minor", BIG, nullable=False),
        sa.Column("goods_minor", BIG, nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_withdrawal_lines_qty")))
    op.add_column("order_lines", sa.Column("returned", BIG, nullable=False,
                                           server_default=sa.text("0")))
    with op.batch_alter_table("order_lines") as batch:
        batch.alter_column("returned", existing_type=BIG, server_default=None)
        batch.create_check_constraint(op.f("ck_order_lines_returned"), "returned <= dispatched")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
