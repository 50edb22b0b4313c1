"""News may be about one lot of goods: a recall stops it and warns its buyers."""

from __future__ import annotations

from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """News before were about all of it."""
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE threads ADD COLUMN lot_id {number} "
               "CONSTRAINT fk_threads_lot_id_lots REFERENCES lots (id)")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
