"""Who stopped goods for safety and why, and who lifted it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(column: str, target: str, nullable: bool) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_safety_stops_{column}_{target}"), nullable=nullable)


def upgrade() -> None:
    """Stops that are in force get a row; who declared them was not kept."""
    op.create_table(
        "safety_stops", sa.Column("id", BIG, primary_key=True),
        _key("product_id", "products", False), _key("lot_id", "lots", True),
        sa.Column("at", UtcDateTime(), nullable=False), _key("person_id", "people", True),
        sa.Column("why", sa.String(300), nullable=False),
        sa.Column("lifted_at", UtcDateTime(), nullable=True), _key("lifted_by", "people", True),
        sa.Column("lifted_why", sa.String(300), nullable=False))
    op.create_index("ix_safety_stops_product", "safety_stops", ["product_id", "lot_id"])
    op.create_index("ix_safety_stops_lifted", "safety_stops", ["lifted_at", "at"])
    op.execute(sa.text(
        "INSERT INTO safety_stops (product_id, lot_id, at, why, lifted_why) SELECT id, NULL, "
        "last_change_at, coalesce(withdrawn_why, ''), '' FROM products WHERE state = 'stopped'"))
    op.execute(sa.text(
        "INSERT INTO safety_stops (product_id, lot_id, at, why, lifted_why) SELECT product_id, id, "
        "stopped_at, stopped_why, '' FROM lots WHERE stopped_at IS NOT NULL"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
