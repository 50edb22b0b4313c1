"""A document beside the fields of an evidence, read by its house and the operator alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Evidence before had none."""
    op.add_column("evidence", sa.Column("document", sa.String(80), nullable=True))
    op.add_column("evidence", sa.Column("document_type", sa.String(4), nullable=False,
                                        server_default=sa.text("''")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
