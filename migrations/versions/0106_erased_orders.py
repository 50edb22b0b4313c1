"""An order whose buyer is forgotten says since when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is forgotten yet; the index holds those who can be."""
    op.add_column("orders", sa.Column("erased_at", UtcDateTime(), nullable=True))
    whole = sa.text("erased_at IS NULL")
    op.create_index("ix_orders_not_erased", "orders", ["placed_at"], sqlite_where=whole,
                    postgresql_where=whole)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
