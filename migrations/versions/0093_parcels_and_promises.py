"""Parcels in part, back and lost; promises by whom and told when; sets asked, waiting, looking."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

ADDED = {
    "parcels": {"packed_at": UtcDateTime(), "made_by": sa.String(60),
                "note_picture": sa.String(80), "published_at": UtcDateTime(),
                "handed_to": sa.String(80), "age_check": sa.String(8), "asked_at": UtcDateTime()},
    "dispatch_promises": {"by_whom": sa.String(8), "by_name": sa.String(60),
                          "reminded_at": UtcDateTime(), "told_at": UtcDateTime()},
    "seller_orders": {"not_before": sa.Date(), "vanished_at": UtcDateTime()},
    "order_lines": {"set_asked": sa.String(6), "arrived_at": UtcDateTime()},
    "orders": {"look_until": UtcDateTime()},
}
TO_SEND = sa.text("state IN ('paid','preparing')")
UNDERWAY = sa.text("state = 'handed_over'")
ASKED = sa.text("set_asked = 'open'")


def upgrade() -> None:
    """Lines that arrived before were told of then."""
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index("ix_seller_orders_to_send", "seller_orders", ["promised_on"],
                    sqlite_where=TO_SEND, postgresql_where=TO_SEND)
    op.create_index("ix_parcels_underway", "parcels", ["handed_over_at"],
                    sqlite_where=UNDERWAY, postgresql_where=UNDERWAY)
    op.create_index("ix_order_lines_asked", "order_lines", ["seller_order_id"],
                    sqlite_where=ASKED, postgresql_where=ASKED)
    op.execute("""
        UPDATE order_lines SET arrived_at = (
            SELECT delivered_at FROM seller_orders
            WHERE seller_orders.id = order_lines.seller_order_id)
        WHERE delivered > 0""")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
