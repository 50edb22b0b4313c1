"""When an attempt that stays unclear is asked about again, and since when nobody answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is unclear now is asked at once."""
    for name in ("next_at", "alerted_at"):
        op.add_column("payments", sa.Column(name, UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
