"""Who has to do with a producer, declared or found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("employee", "family", "supplier", "competitor", "free_sample", "discount", "ambassador")


def upgrade() -> None:
    """An answer of such a person is labelled and set aside."""
    op.create_table(
        "relations", sa.Column("id", BIG, primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey(
            "people.id", name="fk_relations_person_id_people"), nullable=False),
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_relations_producer_id_producers"), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False), sa.Column("benefit", sa.String(80)),
        sa.Column("since", UtcDateTime(), nullable=False), sa.Column("until", UtcDateTime()),
        sa.Column("source", sa.String(8), nullable=False),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_relations_kind")),
        sa.CheckConstraint("source IN ('declared','found')", name=op.f("ck_relations_source")),
        sa.UniqueConstraint("person_id", "producer_id", "kind", "since",
                            name="uq_relations_person_id_producer_id_kind_since"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
