"""Lines of a basket and of an order remember what they replace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("basket_lines", "order_lines")


def upgrade() -> None:
    """Nothing was replaced before."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("substitute_for", BIG))
            batch.create_foreign_key(op.f(f"fk_{table}_substitute_for_variants"), "variants",
                                     ["substitute_for"], ["id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
