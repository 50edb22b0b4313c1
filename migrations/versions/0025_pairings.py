"""What goes with what: pairings of goods, and of goods with occasions, with votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, target: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    """One row per pair; two goods stand in it with the smaller number first."""
    op.create_table(
        "pairings",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("product_id", BIG, _key("pairings", "product_id", "products"), nullable=False),
        sa.Column("other_id", BIG, _key("pairings", "other_id", "products"), nullable=True),
        sa.Column("occasion_id", BIG, _key("pairings", "occasion_id", "occasions"),
                  nullable=True),
        sa.Column("proposer_id", BIG, _key("pairings", "proposer_id", "people"), nullable=True),
        sa.Column("up", BIG, nullable=False),
        sa.Column("down", BIG, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(other_id IS NULL) <> (occasion_id IS NULL)",
                           name=op.f("ck_pairings_one_end")),
        sa.CheckConstraint("other_id IS NULL OR product_id < other_id",
                           name=op.f("ck_pairings_order")),
        sa.UniqueConstraint("code", name=op.f("uq_pairings_code")),
        sa.UniqueConstraint("product_id", "other_id", name=op.f("uq_pairings_product_id_other_id")),
        sa.UniqueConstraint("product_id", "occasion_id",
                            name=op.f("uq_pairings_product_id_occasion_id")))
    op.create_index("ix_pairings_other_id", "pairings", ["other_id"])
    op.create_index("ix_pairings_proposer", "pairings", ["proposer_id", "made_at"])
    op.create_table(
        "pairing_votes",
        sa.Column("pairing_id", BIG, _key("pairing_votes", "pairing_id", "pairings"),
                  primary_key=True),
        sa.Column("person_id", BIG, _key("pairing_votes", "person_id", "people"),
                  primary_key=True),
        sa.Column("value", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("value IN (-1, 1)", name=op.f("ck_pairing_votes_value")))
    op.create_index("ix_pairing_votes_person_id", "pairing_votes", ["person_id"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
