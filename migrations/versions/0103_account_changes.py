"""A code by mail beside the password, and accounts that wait for the check and three days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Accounts in force stay in force."""
    op.create_table(
        "one_time_codes", sa.Column("id", BIG, primary_key=True),
        _key("person_id", "one_time_codes", "people"),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("tries", BIG, nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True))
    op.create_index("ix_one_time_codes_person", "one_time_codes", ["person_id", "made_at"])
    op.create_table(
        "account_changes", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "account_changes", "producers"),
        sa.Column("holder", sa.String(70), nullable=False),
        sa.Column("iban", sa.String(34), nullable=False),
        _key("asked_by", "account_changes", "people"),
        sa.Column("asked_name", sa.String(80), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("earliest_at", UtcDateTime(), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('waiting','in_force','dropped')",
                           name=op.f("ck_account_changes_state")))
    op.create_index("uq_account_changes_waiting", "account_changes", ["producer_id"], unique=True,
                    sqlite_where=WAITING, postgresql_where=WAITING)


def _key(column: str, table: str, target: str) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), nullable=False)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
