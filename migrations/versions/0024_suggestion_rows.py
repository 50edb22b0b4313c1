"""Suggestions kept for the case that the model fails or is slow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One row per person; thrown away and made anew at will."""
    op.create_table(
        "suggestion_rows",
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_suggestion_rows_person_id_people"), primary_key=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("stamp", BIG, nullable=False),
        sa.Column("signature", sa.String(16), nullable=False),
        sa.Column("things", sa.Text(), nullable=False),
        sa.Column("peers", sa.Text(), nullable=False))
    op.create_index("ix_suggestion_rows_stamp", "suggestion_rows", ["stamp"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
