"""A theme, entries whose authors are named at the end, and votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0211"
down_revision = "0210"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = UtcDateTime()


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    """No bundle takes part in anything yet."""
    op.add_column("bundles", sa.Column("blind_until", AT))
    _challenges()
    op.create_table(
        "challenge_entries", sa.Column("id", BIG, nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in ("challenge_id", "bundle_id",
                                                            "person_id")),
        sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_entries")),
        sa.UniqueConstraint("challenge_id", "bundle_id",
                            name=op.f("uq_challenge_entries_challenge_id_bundle_id")),
        _foreign("challenge_entries", "challenge_id", "challenges"),
        _foreign("challenge_entries", "bundle_id", "bundles"),
        _foreign("challenge_entries", "person_id", "people"))
    op.create_index("ix_challenge_entries_bundle_id", "challenge_entries", ["bundle_id"])
    op.create_table(
        "challenge_votes", sa.Column("entry_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False), sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name=op.f("pk_challenge_votes")),
        _foreign("challenge_votes", "entry_id", "challenge_entries"),
        _foreign("challenge_votes", "person_id", "people"))


def _challenges() -> None:
    op.create_table(
        "challenges", sa.Column("id", BIG, nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("theme", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False), sa.Column("group_id", BIG),
        sa.Column("opened_by", BIG, nullable=False),
        *(sa.Column(name, AT, nullable=False) for name in ("opens_at", "closes_at",
                                                           "voting_ends_at")),
        sa.Column("max_entries", BIG, nullable=False), sa.Column("prize_what", sa.String(120)),
        sa.Column("prize_by", sa.String(120)), sa.Column("ended_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("slug", name=op.f("uq_challenges_slug")),
        sa.CheckConstraint("closes_at > opens_at AND voting_ends_at > closes_at",
                           name=op.f("ck_challenges_order")),
        sa.CheckConstraint("max_entries BETWEEN 1 AND 3", name=op.f("ck_challenges_max_entries")),
        sa.CheckConstraint("(prize_what IS NULL) = (prize_by IS NULL)",
                           name=op.f("ck_challenges_prize")),
        _foreign("challenges", "group_id", "groups"),
        _foreign("challenges", "opened_by", "people"))
    op.create_index("ix_challenges_ended_at", "challenges", ["ended_at", "voting_ends_at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
