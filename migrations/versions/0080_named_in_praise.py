"""Praise may name a person of a house who agreed to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody agreed yet, so no praise names anybody."""
    op.add_column("staff", sa.Column("praise_ok", sa.Boolean(), nullable=False,
                                     server_default=sa.false()))
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE threads ADD COLUMN praised_id {number} "
               "CONSTRAINT fk_threads_praised_id_staff REFERENCES staff (id)")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
