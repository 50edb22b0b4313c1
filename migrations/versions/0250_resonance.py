"""When somebody voted, and which threads people were told of because of a rush."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0250"
down_revision = "0240"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Of votes until now nobody knows when they were given."""
    op.add_column("post_votes", sa.Column("at", UtcDateTime()))
    op.create_index("ix_post_votes_at", "post_votes", ["at"])
    op.create_index("ix_posts_at", "posts", ["at"])
    op.create_index("ix_supports_at", "supports", ["at"])
    op.create_index("ix_threads_made_at", "threads", ["made_at"])
    op.create_index("ix_journal_counts_hour", "journal_counts", ["type", "hour"])
    op.create_table(
        "alerts", sa.Column("id", BIG, primary_key=True),
        sa.Column("thread_id", BIG, sa.ForeignKey(
            "threads.id", name="fk_alerts_thread_id_threads"), nullable=False),
        sa.Column("measure", sa.String(10), nullable=False),
        sa.Column("seen", BIG, nullable=False), sa.Column("alert_from", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("measure IN ('reads','reactions')", name=op.f("ck_alerts_measure")))
    op.create_index("ix_alerts_thread_id", "alerts", ["thread_id", "at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
