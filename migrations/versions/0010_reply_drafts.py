"""Replies begin as drafts and may be read by a second person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A draft stands beside the published words, never in their place."""
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    empty = sa.text("''")
    op.add_column("replies", sa.Column("draft", sa.Text(), nullable=False, server_default=empty))
    for column in ("drafted_by", "read_by"):
        op.execute(f"ALTER TABLE replies ADD COLUMN {column} {whole} "
                   f"CONSTRAINT fk_replies_{column}_people REFERENCES people (id)")
    op.create_index("ix_replies_producer_id", "replies", ["producer_id", "state"])
    op.add_column("reply_versions",
                  sa.Column("shown_name", sa.String(60), nullable=False, server_default=empty))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
