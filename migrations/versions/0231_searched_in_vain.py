"""What came of searches, by how many people, and who waits for something."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0231"
down_revision = "0230"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Of earlier searches nothing followed that anybody knows of."""
    for name in ("hits", "clicks", "baskets"):
        op.add_column("searches", sa.Column(name, BIG, nullable=False,
                                            server_default=sa.text("0")))
    op.create_table(
        "search_people", sa.Column("words", sa.String(200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mark", sa.LargeBinary(16), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("words", "day", "mark", name=op.f("pk_search_people")))
    op.create_index("ix_search_people_day", "search_people", ["day"])
    op.create_table(
        "search_watches", sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False), sa.Column("words", sa.String(200),
                                                               nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_watches")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"],
                                name=op.f("fk_search_watches_person_id_people")),
        sa.UniqueConstraint("person_id", "words",
                            name=op.f("uq_search_watches_person_id_words")))
    op.create_index("ix_search_watches_told_at", "search_watches", ["told_at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
