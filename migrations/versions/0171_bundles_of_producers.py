"""Bundles whose author works for a producer of goods in them say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0171"
down_revision = "0170"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Found out for those that are shown already."""
    op.add_column("bundles", sa.Column("relation", sa.String(10), nullable=True))
    op.execute(
        "UPDATE bundles SET relation = 'staff' WHERE published_at IS NOT NULL AND EXISTS ("
        "SELECT 1 FROM bundle_items JOIN products ON products.id = bundle_items.product_id "
        "JOIN staff ON staff.producer_id = products.producer_id AND staff.until IS NULL "
        "WHERE bundle_items.bundle_id = bundles.id AND staff.person_id = bundles.author_id)")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
