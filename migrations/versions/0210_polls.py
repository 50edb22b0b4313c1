"""Members ask others before they decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0210"
down_revision = "0203"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = UtcDateTime()


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    """Nobody asked yet."""
    _polls()
    op.create_table(
        "poll_options", sa.Column("id", BIG, nullable=False),
        sa.Column("poll_id", BIG, nullable=False), sa.Column("pos", BIG, nullable=False),
        sa.Column("words", sa.String(120), nullable=False), sa.Column("product_id", BIG),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "pos", name=op.f("uq_poll_options_poll_id_pos")),
        _foreign("poll_options", "poll_id", "polls"),
        _foreign("poll_options", "product_id", "products"))
    op.create_table(
        "poll_votes", sa.Column("poll_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False), sa.Column("option_id", BIG, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "person_id", name=op.f("pk_poll_votes")),
        _foreign("poll_votes", "poll_id", "polls"), _foreign("poll_votes", "person_id", "people"),
        _foreign("poll_votes", "option_id", "poll_options"))
    op.create_index("ix_poll_votes_option_id", "poll_votes", ["option_id"])


def _polls() -> None:
    op.create_table(
        "polls", sa.Column("id", BIG, nullable=False), sa.Column("code", sa.String(12),
                                                                 nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("question", sa.String(140), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False), sa.Column("bundle_id", BIG),
        sa.Column("product_id", BIG), sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("group_id", BIG), sa.Column("made_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False), sa.Column("ended_at", AT),
        sa.Column("standing", sa.String(8), nullable=False, server_default="visible"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("code", name=op.f("uq_polls_code")),
        sa.CheckConstraint("audience IN ('friends','group','public')",
                           name=op.f("ck_polls_audience")),
        sa.CheckConstraint("standing IN ('visible','hidden')", name=op.f("ck_polls_standing")),
        sa.CheckConstraint("(audience = 'group') = (group_id IS NOT NULL)",
                           name=op.f("ck_polls_group")),
        sa.CheckConstraint("bundle_id IS NULL OR product_id IS NULL",
                           name=op.f("ck_polls_about")),
        _foreign("polls", "author_id", "people"), _foreign("polls", "bundle_id", "bundles"),
        _foreign("polls", "product_id", "products"), _foreign("polls", "group_id", "groups"))
    for column in ("author_id", "bundle_id", "product_id"):
        op.create_index(f"ix_polls_{column}", "polls", [column])
    op.create_index("ix_polls_ended_at", "polls", ["ended_at", "ends_at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
