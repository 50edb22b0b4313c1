"""A producer gets one invoice of the marketplace for a month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

COMMISSION = sa.text("kind IN ('commission_invoice','commission_correction')")


def upgrade() -> None:
    """None was issued before."""
    op.create_index("uq_documents_commission", "documents", ["producer_id", "mode", "supplied_on"],
                    unique=True, sqlite_where=COMMISSION, postgresql_where=COMMISSION)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
