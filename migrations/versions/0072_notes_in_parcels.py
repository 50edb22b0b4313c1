"""A personal note of the producer lies in the parcel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Parcels before had none."""
    op.add_column("parcels", sa.Column("note", sa.String(600), nullable=False,
                                       server_default=sa.text("''")))
    with op.batch_alter_table("parcels") as batch:
        batch.alter_column("note", existing_type=sa.String(600), server_default=None)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
