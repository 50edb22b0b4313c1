"""An index that finds the newest ratings."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first page asks for the newest words without reading all ratings."""
    op.create_index("ix_ratings_given", "ratings", ["given_at", "id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
