"""Films of a producer with their words in writing; what was taken out can be put back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Photographs that stand keep standing; they need none of the new columns."""
    for column in (sa.Column("lang", sa.String(2), nullable=False, server_default=sa.text("''")),
                   sa.Column("still_file", sa.String(80), nullable=True),
                   sa.Column("size_bytes", BIG, nullable=False,
                             server_default=sa.text("0")),
                   sa.Column("credit", sa.String(120), nullable=False,
                             server_default=sa.text("''")),
                   sa.Column("taken_out_at", UtcDateTime(), nullable=True)):
        op.add_column("producer_media", column)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
