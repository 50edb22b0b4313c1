"""Browsers that asked to be told, and the messages that went to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0220"
down_revision = "0213"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """No browser has asked yet."""
    op.create_table(
        "push_doors", sa.Column("id", BIG, nullable=False), _key("push_doors", "person_id"),
        sa.Column("login_id", BIG, nullable=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in (
            ("endpoint", 600), ("p256dh", 100), ("auth", 40), ("label", 60))),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("failures", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_doors")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_doors_endpoint")))
    op.create_index(op.f("ix_push_doors_person_id"), "push_doors", ["person_id"])
    op.create_table(
        "pushes", sa.Column("id", BIG, nullable=False), _key("pushes", "person_id"),
        _key("pushes", "by_id", "people", empty=True),
        _key("pushes", "producer_id", "producers", empty=True),
        sa.Column("class", sa.String(24), nullable=False),
        sa.Column("merge_key", sa.String(80), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False), sa.Column("left_at", UtcDateTime()),
        sa.Column("why_skipped", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")))
    op.create_index("ix_pushes_person", "pushes", ["person_id", "merge_key"])


def _key(table: str, column: str, target: str = "people", empty: bool = False) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=op.f(f"fk_{table}_{column}_{target}")), nullable=empty)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
