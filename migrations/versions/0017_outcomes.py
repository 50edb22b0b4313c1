"""Outcomes from opening to re-order, and what addressees chose to tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three counts more; telling is a row of its own, so that counts can be made anew."""
    for name in ("opened", "basket", "told"):
        op.add_column("outcomes", sa.Column(name, BIG, nullable=False,
                                            server_default=sa.text("0")))
    op.create_table(
        "tells_bought",
        sa.Column("recommendation_id", BIG, sa.ForeignKey(
            "recommendations.id", name="fk_tells_bought_recommendation_id_recommendations"),
            primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_tells_bought_person_id_people"), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
