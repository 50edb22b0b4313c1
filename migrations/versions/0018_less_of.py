"""Less of one kind of reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One row per person and kind of reason."""
    op.create_table(
        "less_of",
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_less_of_person_id_people"), primary_key=True),
        sa.Column("reason", sa.String(8), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("reason IN ('person','group','taste','verdict')",
                           name=op.f("ck_less_of_reason")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
