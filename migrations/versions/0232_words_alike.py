"""Words that mean the same, and how far the index is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0232"
down_revision = "0231"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"],
                                   name=op.f(f"fk_{table}_{column}_people"))


def upgrade() -> None:
    """No pair is known yet; what was rebuilt before was not written down."""
    op.create_table(
        "synonyms", sa.Column("id", BIG, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("other", sa.String(80), nullable=False),
        sa.Column("both_ways", sa.Boolean(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("made_by", BIG), sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_by", BIG), sa.Column("ended_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonyms")),
        _person("synonyms", "made_by"), _person("synonyms", "ended_by"))
    op.create_index("ix_synonyms_ended_at", "synonyms", ["ended_at"])
    op.create_table(
        "search_rebuilds", sa.Column("id", BIG, nullable=False), sa.Column("asked_by", BIG),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime()), sa.Column("ended_at", UtcDateTime()),
        sa.Column("phase", sa.String(10), nullable=False),
        sa.Column("done", BIG, nullable=False), sa.Column("total", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_rebuilds")),
        _person("search_rebuilds", "asked_by"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
