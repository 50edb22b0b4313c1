"""What a bundle was published with, and what its author changed afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0170"
down_revision = "0160"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What was published before is judged as it stands at its next change."""
    op.add_column("bundles", sa.Column("judged_items", sa.JSON(), nullable=True))
    op.create_table(
        "bundle_changes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("bundle_id", BIG, sa.ForeignKey(
            "bundles.id", name="fk_bundle_changes_bundle_id_bundles"), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False))
    op.create_index("ix_bundle_changes_bundle_id", "bundle_changes", ["bundle_id", "at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
