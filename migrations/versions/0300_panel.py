"""Questions to a panel of members, their votes, and what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0300"
down_revision = "0292"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = UtcDateTime()


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    """Nothing was asked yet, and nobody is of the panel."""
    _panels()
    op.create_table(
        "panel_members", sa.Column("person_id", BIG, nullable=False),
        sa.Column("joined_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_panel_members")),
        _foreign("panel_members", "person_id", "people"))
    op.create_table(
        "panel_votes", sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("panel_id", BIG, nullable=False), sa.Column("person_id", BIG),
        sa.Column("number", BIG, nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.String(500), nullable=False), sa.Column("at", AT, nullable=False),
        sa.Column("standing", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_votes")),
        sa.UniqueConstraint("code", name=op.f("uq_panel_votes_code")),
        sa.UniqueConstraint("panel_id", "person_id",
                            name=op.f("uq_panel_votes_panel_id_person_id")),
        sa.UniqueConstraint("panel_id", "number", name=op.f("uq_panel_votes_panel_id_number")),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name=op.f("ck_panel_votes_score")),
        sa.CheckConstraint("standing IN ('visible','hidden')",
                           name=op.f("ck_panel_votes_standing")),
        _foreign("panel_votes", "panel_id", "panels"),
        _foreign("panel_votes", "person_id", "people"))
    op.create_index("ix_panel_votes_person_id", "panel_votes", ["person_id"])


def _panels() -> None:
    op.create_table(
        "panels", sa.Column("id", BIG, nullable=False),
        sa.Column("title_de", sa.String(120), nullable=False),
        sa.Column("title_en", sa.String(120), nullable=False),
        sa.Column("words_de", sa.String(1000), nullable=False),
        sa.Column("words_en", sa.String(1000), nullable=False),
        sa.Column("about_de", sa.String(80), nullable=False),
        sa.Column("about_en", sa.String(80), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False), sa.Column("made_by", BIG),
        sa.Column("made_at", AT, nullable=False), sa.Column("asked_at", AT),
        sa.Column("decision", sa.String(8)),
        sa.Column("reason_de", sa.String(1000), nullable=False),
        sa.Column("reason_en", sa.String(1000), nullable=False), sa.Column("decided_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels")),
        sa.CheckConstraint("state IN ('draft','open','closed','decided')",
                           name=op.f("ck_panels_state")),
        sa.CheckConstraint("decision IN ('do','change','leave')", name=op.f("ck_panels_decision")),
        sa.CheckConstraint("state <> 'decided' OR (decision IS NOT NULL AND reason_de <> '' "
                           "AND reason_en <> '')", name=op.f("ck_panels_reason")),
        _foreign("panels", "made_by", "people"))
    op.create_index("ix_panels_state", "panels", ["state", "closes_on"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
