"""Everything is found, each by whom it is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0230"
down_revision = "0222"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goods are public and nobody's; the rest is written by the next rebuild."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("search_documents") as table:
        table.add_column(sa.Column("author_id", big, nullable=True))
        table.alter_column("visibility", existing_type=sa.String(10), type_=sa.String(30),
                           existing_nullable=False)
    op.create_index("ix_search_documents_author_id", "search_documents", ["author_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
