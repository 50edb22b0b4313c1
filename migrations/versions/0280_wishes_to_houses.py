"""Wishes are put to producers whose goods fit, and whoever was asked wrongly can say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0280"
down_revision = "0261"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TARGETS = ("person_id", "group_id", "producer_id")
ONE = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in TARGETS) + " = 1"


def upgrade() -> None:
    """Houses take wishes until they say no; what was asked before stays as it was."""
    op.add_column("producers", sa.Column("takes_wishes", sa.Boolean(), nullable=False,
                                         server_default=sa.true()))
    with op.batch_alter_table("ask_routes", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.drop_constraint(op.f("ck_ask_routes_one_target"), type_="check")
        batch.add_column(sa.Column("producer_id", BIG))
        batch.add_column(sa.Column("score", BIG, nullable=False, server_default="0"))
        batch.add_column(sa.Column("matched", sa.JSON()))
        batch.add_column(sa.Column("state", sa.String(8), nullable=False,
                                   server_default="asked"))
        batch.add_column(sa.Column("decided_at", sa.DateTime(timezone=True)))
        batch.create_foreign_key(op.f("fk_ask_routes_producer_id_producers"), "producers",
                                 ["producer_id"], ["id"])
        batch.create_check_constraint(op.f("ck_ask_routes_one_target"), ONE)
        batch.create_check_constraint(op.f("ck_ask_routes_state"), "state IN ('asked','wrong')")
    op.create_index("uq_ask_routes_producer", "ask_routes", ["ask_id", "producer_id"],
                    unique=True, sqlite_where=sa.text("producer_id IS NOT NULL"),
                    postgresql_where=sa.text("producer_id IS NOT NULL"))
    op.create_index("ix_ask_routes_producer_id", "ask_routes", ["producer_id", "at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
