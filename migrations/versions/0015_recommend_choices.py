"""What people chose of suggestions and of recommendations to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One row for each person who differs from the default."""
    op.create_table(
        "recommend_choices",
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_recommend_choices_person_id_people"), primary_key=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("order_by", sa.String(8), nullable=False),
        sa.Column("accepts", sa.String(8), nullable=False),
        sa.CheckConstraint("order_by IN ('taste','people','verdict','plain')",
                           name=op.f("ck_recommend_choices_order_by")),
        sa.CheckConstraint("accepts IN ('members','followed','mutuals','nobody')",
                           name=op.f("ck_recommend_choices_accepts")))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
