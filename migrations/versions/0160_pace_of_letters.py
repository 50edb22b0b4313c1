"""How many letters a person can bear, who did what they tell of, and how classes are liked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0160"
down_revision = "0151"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody has chosen a pace yet, and every class is on."""
    op.add_column("choices", sa.Column("text_version", sa.String(20)))
    op.add_column("choices", sa.Column("place", sa.String(40)))
    _letters()
    op.create_table(
        "pace", _key("pace", "person_id", primary=True),
        *(sa.Column(name, BIG, nullable=False)
          for name in ("mails_a_week", "quiet_from", "quiet_to")),
        sa.Column("digest", sa.String(6), nullable=False),
        sa.Column("digest_day", BIG, nullable=False), sa.Column("digest_at", UtcDateTime()),
        *(sa.CheckConstraint(words, name=op.f(f"ck_pace_{name}")) for name, words in (
            ("mails_a_week", "mails_a_week BETWEEN 0 AND 7"),
            ("quiet", "quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23"),
            ("digest", "digest IN ('off','weekly','daily')"),
            ("digest_day", "digest_day BETWEEN 0 AND 6"))))
    op.create_index("ix_pace_digest", "pace", ["digest"])
    _classes()


def _letters() -> None:
    with op.batch_alter_table("letters") as batch:
        for column in (sa.Column("to_hash", sa.String(64)), sa.Column("by_id", BIG),
                       sa.Column("producer_id", BIG), sa.Column("merge_key", sa.String(80)),
                       sa.Column("left_at", UtcDateTime())):
            batch.add_column(column)
        batch.create_foreign_key(op.f("fk_letters_by_id_people"), "people", ["by_id"], ["id"])
        batch.create_foreign_key(op.f("fk_letters_producer_id_producers"), "producers",
                                 ["producer_id"], ["id"])
        batch.drop_constraint(op.f("ck_letters_state"), type_="check")
        batch.create_check_constraint(
            op.f("ck_letters_state"),
            "state IN ('waiting','sent','skipped','failed','bounced','complained')")


def _classes() -> None:
    op.create_table(
        "class_health", sa.Column("class", sa.String(24), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        *(sa.Column(name, BIG, nullable=False) for name in ("sent", "stopped", "complained")))
    op.create_table(
        "class_pauses", sa.Column("id", BIG, primary_key=True),
        sa.Column("class", sa.String(24), nullable=False),
        sa.Column("off_at", UtcDateTime(), nullable=False),
        sa.Column("why", sa.String(12), nullable=False), sa.Column("sent", BIG, nullable=False),
        sa.Column("bad", BIG, nullable=False), sa.Column("on_at", UtcDateTime()),
        _key("class_pauses", "on_by", empty=True), sa.Column("reason", sa.String(300)))
    op.create_index("uq_class_pauses_open", "class_pauses", ["class"], unique=True,
                    sqlite_where=sa.text("on_at IS NULL"),
                    postgresql_where=sa.text("on_at IS NULL"))


def _key(table: str, column: str, primary: bool = False, empty: bool = False) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        "people.id", name=f"fk_{table}_{column}_people"), primary_key=primary, nullable=empty)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
