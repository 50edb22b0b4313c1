"""What the marketplace takes, since when, announced when: the same for every house."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nothing was taken so far; without a rule it stays so."""
    op.create_table(
        "fee_rules", sa.Column("id", BIG, primary_key=True),
        sa.Column("commission_bp", BIG, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("announced_at", UtcDateTime(), nullable=False),
        sa.Column("announced_by", BIG, sa.ForeignKey(
            "people.id", name="fk_fee_rules_announced_by_people"), nullable=True),
        sa.Column("why", sa.String(300), nullable=False),
        sa.UniqueConstraint("valid_from", name=op.f("uq_fee_rules_valid_from")),
        sa.CheckConstraint("0 <= commission_bp AND commission_bp <= 5000",
                           name=op.f("ck_fee_rules_commission_bp")))
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER fee_rules_no_{change.lower()} BEFORE {change} ON "
                       "fee_rules BEGIN SELECT RAISE(ABORT, 'fee_rules is append-only'); END")
    else:
        op.execute("CREATE TRIGGER fee_rules_append_only BEFORE UPDATE OR DELETE ON fee_rules "
                   "FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
