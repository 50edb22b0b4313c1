"""What moderators of a group do with its talk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0261"
down_revision = "0260"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = UtcDateTime()


def _foreign(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"],
                                   name=op.f(f"fk_talk_acts_{column}_{to}"))


def upgrade() -> None:
    """Nothing is locked, slow, labelled or folded."""
    op.add_column("threads", sa.Column("locked", sa.Boolean(), nullable=False,
                                       server_default=sa.false()))
    op.add_column("threads", sa.Column("slow_seconds", BIG, nullable=False,
                                       server_default="0"))
    op.add_column("threads", sa.Column("label", sa.String(12)))
    op.add_column("posts", sa.Column("folded_until", AT))
    op.create_table(
        "talk_acts", sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False), sa.Column("thread_id", BIG, nullable=False),
        sa.Column("post_id", BIG), sa.Column("act", sa.String(8), nullable=False),
        sa.Column("value", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(24)), sa.Column("words", sa.String(280), nullable=False),
        sa.Column("by_id", BIG, nullable=False), sa.Column("at", AT, nullable=False),
        sa.Column("until", AT), sa.Column("ended_at", AT), sa.Column("ended_by", BIG),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_acts")),
        sa.CheckConstraint("act IN ('pin','lock','slow','label','fold','away')",
                           name=op.f("ck_talk_acts_act")),
        sa.CheckConstraint("(act = 'fold') = (post_id IS NOT NULL)",
                           name=op.f("ck_talk_acts_post")),
        _foreign("group_id", "groups"), _foreign("thread_id", "threads"),
        _foreign("post_id", "posts"), _foreign("by_id", "people"), _foreign("ended_by", "people"))
    op.create_index("ix_talk_acts_thread_id", "talk_acts", ["thread_id", "id"])
    op.create_index("ix_talk_acts_group_id", "talk_acts", ["group_id", "act"])
    op.create_index("uq_talk_acts_thread", "talk_acts", ["thread_id", "act"], unique=True,
                    sqlite_where=sa.text("ended_at IS NULL AND act <> 'fold'"),
                    postgresql_where=sa.text("ended_at IS NULL AND act <> 'fold'"))
    op.create_index("uq_talk_acts_post", "talk_acts", ["post_id"], unique=True,
                    sqlite_where=sa.text("ended_at IS NULL AND act = 'fold'"),
                    postgresql_where=sa.text("ended_at IS NULL AND act = 'fold'"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
