"""Threads that bring an unanswered ask to the request board."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One thread for an ask at most."""
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE threads ADD COLUMN ask_id {number} "
               "CONSTRAINT fk_threads_ask_id_asks REFERENCES asks (id)")
    op.create_index("uq_threads_ask_id", "threads", ["ask_id"], unique=True)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
