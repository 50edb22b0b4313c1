"""Money that needs a person: refunds made elsewhere, corrections by two, since when, by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What was refused before counts from now on."""
    op.create_table(
        "foreign_refunds", sa.Column("id", BIG, primary_key=True),
        sa.Column("payment_id", BIG, sa.ForeignKey(
            "payments.id", name="fk_foreign_refunds_payment_id_payments"), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("minor", BIG, nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("assigned_at", UtcDateTime(), nullable=True),
        sa.Column("by_name", sa.String(80), nullable=False),
        sa.UniqueConstraint("reference", name=op.f("uq_foreign_refunds_reference")))
    op.create_table(
        "corrections", sa.Column("id", BIG, primary_key=True),
        sa.Column("from_account", sa.String(40), nullable=False),
        sa.Column("to_account", sa.String(40), nullable=False),
        sa.Column("minor", BIG, nullable=False), sa.Column("why", sa.String(300), nullable=False),
        _person("proposed_by", nullable=False), _person("decided_by", nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("minor > 0", name=op.f("ck_corrections_minor")),
        sa.CheckConstraint("state IN ('waiting','made','dropped')",
                           name=op.f("ck_corrections_state")),
        sa.CheckConstraint("state <> 'made' OR decided_by <> proposed_by",
                           name=op.f("ck_corrections_second")))
    op.add_column("payment_parts", sa.Column("refused_since", UtcDateTime(), nullable=True))
    op.add_column("payment_notices", sa.Column("settled_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("refund_runs") as batch:
        batch.drop_constraint(op.f("ck_refund_runs_step"), type_="check")
        batch.create_check_constraint(
            op.f("ck_refund_runs_step"),
            "step IN ('take_back','refund','sent','done','person')")


def _person(name: str, nullable: bool) -> sa.Column[int]:
    return sa.Column(name, BIG, sa.ForeignKey("people.id", name=f"fk_corrections_{name}_people"),
                     nullable=nullable)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
