"""What a producer's bank told of our orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("state IN ('matched','part','over','late','revived','by_hand',"
          "'returned','refunded')")


def _key(column: str, table: str, target: str, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), nullable=nullable)


def upgrade() -> None:
    """Two new tables; nothing was imported before."""
    op.create_table(
        "statement_files",
        sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "statement_files", "producers", nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("from_on", sa.Date()),
        sa.Column("to_on", sa.Date()),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        _key("person_id", "statement_files", "people"),
        sa.Column("by_name", sa.String(80), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("producer_id", "sha256",
                            name=op.f("uq_statement_files_producer_id_sha256")))
    op.create_table(
        "statement_entries",
        sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "statement_entries", "producers", nullable=False),
        _key("file_id", "statement_entries", "statement_files", nullable=False),
        sa.Column("entry_key", sa.String(64), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("minor", BIG, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        _key("seller_order_id", "statement_entries", "seller_orders"),
        _key("refund_id", "statement_entries", "refunds"),
        sa.Column("counted_at", UtcDateTime()),
        sa.UniqueConstraint("producer_id", "entry_key",
                            name=op.f("uq_statement_entries_producer_id_entry_key")),
        sa.CheckConstraint(STATES, name=op.f("ck_statement_entries_state")))
    op.create_index("ix_statement_entries_file", "statement_entries", ["file_id", "counted_at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
