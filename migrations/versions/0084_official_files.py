"""Official files that are printed as they are, known by their checksum."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """None is there yet."""
    op.create_table(
        "official_files", sa.Column("key", sa.String(20), primary_key=True),
        sa.Column("file", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("width", BIG, nullable=False), sa.Column("height", BIG, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_official_files_person_id_people"), nullable=True))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
