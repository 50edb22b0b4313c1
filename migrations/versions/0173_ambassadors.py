"""Ambassadors: who speaks for a house, one of its goods or a group, and has what from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0173"
down_revision = "0172"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"],
                                   name=op.f(f"fk_ambassadors_{column}_{table}"))


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "ambassadors",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("producer_id", BIG),
        sa.Column("product_id", BIG),
        sa.Column("group_id", BIG),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("benefit", sa.String(80), nullable=False),
        sa.Column("words", sa.String(280), nullable=False),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("since", UtcDateTime()),
        sa.Column("until", UtcDateTime()),
        sa.CheckConstraint("state IN ('asked','offered','active','ended')",
                           name=op.f("ck_ambassadors_state")),
        sa.CheckConstraint("(CASE WHEN producer_id IS NULL THEN 0 ELSE 1 END) "
                           "+ (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END) "
                           "+ (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) = 1",
                           name=op.f("ck_ambassadors_one_thing")),
        _to("people", "person_id"), _to("people", "asked_by"), _to("producers", "producer_id"),
        _to("products", "product_id"), _to("groups", "group_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambassadors")))
    op.create_index("ix_ambassadors_person_id", "ambassadors", ["person_id", "state"])
    for column in ("producer_id", "product_id", "group_id"):
        op.create_index(f"ix_ambassadors_{column}", "ambassadors", [column])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
