"""Who is kept out of a group can appeal; exclusions stand in the public log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(name: str, table: str, nullable: bool) -> sa.Column[int]:
    return sa.Column(name, BIG, sa.ForeignKey(
        f"{table}.id", name=f"fk_exclusion_appeals_{name}_{table}"), nullable=nullable)


def upgrade() -> None:
    """Exclusions that hold already can be appealed against; they have no line in the log."""
    op.add_column("exclusions", sa.Column("log_n", BIG))
    op.create_table(
        "exclusion_appeals", sa.Column("id", BIG, primary_key=True),
        sa.Column("number", sa.String(12), nullable=False),
        _refers("exclusion_id", "exclusions", False), _refers("person_id", "people", False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        _refers("first_by", "people", False), _refers("decided_by", "people", True),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("result", sa.String(7)),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("result IN ('upheld','changed','ended')",
                           name=op.f("ck_exclusion_appeals_result")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> first_by",
                           name=op.f("ck_exclusion_appeals_other_person")),
        sa.CheckConstraint("(result IS NULL) = (decided_at IS NULL)",
                           name=op.f("ck_exclusion_appeals_when")),
        sa.CheckConstraint("(decided_by IS NULL) = (result IS NULL OR result = 'ended')",
                           name=op.f("ck_exclusion_appeals_by_whom")),
        sa.UniqueConstraint("number", name=op.f("uq_exclusion_appeals_number")),
        sa.UniqueConstraint("exclusion_id", name=op.f("uq_exclusion_appeals_exclusion_id")))
    op.create_index("ix_exclusion_appeals_open", "exclusion_appeals", ["due_at", "id"],
                    sqlite_where=sa.text("result IS NULL"),
                    postgresql_where=sa.text("result IS NULL"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
