"""The index is made anew once, so that it knows audiences, labels, sizes and destinations."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0233"
down_revision = "0232"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ask for it where something can be found already and nobody asked yet."""
    connection, now = op.get_bind(), datetime.now(UTC)
    connection.execute(sa.text(  # of the former form: all of it is made anew below
        "DELETE FROM jobs WHERE kind = 'search.reindex' AND state = 'waiting'"))
    filled = connection.scalar(sa.text("SELECT count(*) FROM search_documents"))
    waits = connection.scalar(sa.text(
        "SELECT count(*) FROM jobs WHERE kind = 'search.rebuild' AND state = 'waiting'"))
    if not filled or waits:
        return
    jobs = sa.table("jobs", *(sa.column(name, kind) for name, kind in (
        ("kind", sa.String()), ("key", sa.String()), ("data", sa.JSON()),
        ("due_at", UtcDateTime()), ("priority", sa.Integer()), ("attempts", sa.Integer()),
        ("state", sa.String()), ("created_at", UtcDateTime()))))
    op.bulk_insert(jobs, [{"kind": "search.rebuild", "key": "all", "data": {}, "due_at": now,
                           "priority": 5, "attempts": 0, "state": "waiting", "created_at": now}])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
