"""Short questions after an act."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0260"
down_revision = "0252"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = UtcDateTime()


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    """Nothing was asked yet."""
    _surveys()
    _asks()
    op.create_table(
        "survey_answers", sa.Column("id", BIG, nullable=False),
        sa.Column("survey_id", BIG, nullable=False), sa.Column("question_id", BIG, nullable=False),
        sa.Column("ask_id", BIG, nullable=False), sa.Column("at", AT, nullable=False),
        sa.Column("score", sa.SmallInteger()), sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("named_id", BIG), sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        _foreign("survey_answers", "survey_id", "surveys"),
        _foreign("survey_answers", "question_id", "survey_questions"),
        _foreign("survey_answers", "ask_id", "survey_asks"),
        _foreign("survey_answers", "named_id", "people"))
    op.create_index("ix_survey_answers_survey_id", "survey_answers", ["survey_id", "at"])
    op.create_index("ix_survey_answers_ask_id", "survey_answers", ["ask_id"])


def _surveys() -> None:
    op.create_table(
        "surveys", sa.Column("id", BIG, nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(8), nullable=False), sa.Column("made_by", BIG),
        sa.Column("made_at", AT, nullable=False), sa.Column("counts_from", AT),
        sa.Column("paused_at", AT),
        sa.Column("annoyed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.CheckConstraint("act IN ('order','parcel','closed','answered','rated')",
                           name=op.f("ck_surveys_act")),
        sa.CheckConstraint("kind IN ('three_level','repeat','csat','ces','nps','open')",
                           name=op.f("ck_surveys_kind")),
        sa.CheckConstraint("state IN ('draft','running','paused','ended')",
                           name=op.f("ck_surveys_state")),
        _foreign("surveys", "made_by", "people"))
    running = sa.text("state = 'running'")
    op.create_index("uq_surveys_running", "surveys", ["act"], unique=True, sqlite_where=running,
                    postgresql_where=running)
    op.create_table(
        "survey_questions", sa.Column("id", BIG, nullable=False),
        sa.Column("survey_id", BIG, nullable=False), sa.Column("pos", sa.SmallInteger(),
                                                               nullable=False),
        sa.Column("words_de", sa.String(140), nullable=False),
        sa.Column("words_en", sa.String(140), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_questions")),
        sa.UniqueConstraint("survey_id", "pos", name=op.f("uq_survey_questions_survey_id_pos")),
        sa.CheckConstraint("pos BETWEEN 1 AND 2", name=op.f("ck_survey_questions_pos")),
        _foreign("survey_questions", "survey_id", "surveys"))


def _asks() -> None:
    op.create_table(
        "survey_asks", sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("survey_id", BIG, nullable=False), sa.Column("person_id", BIG),
        sa.Column("order_id", BIG), sa.Column("producer_id", BIG),
        sa.Column("offered_at", AT, nullable=False), sa.Column("until", AT, nullable=False),
        sa.Column("state", sa.String(8), nullable=False), sa.Column("done_at", AT),
        sa.Column("mailed_at", AT),
        sa.Column("complained", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_asks")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_asks_code")),
        sa.CheckConstraint("state IN ('offered','answered','declined','never','expired')",
                           name=op.f("ck_survey_asks_state")),
        _foreign("survey_asks", "survey_id", "surveys"),
        _foreign("survey_asks", "person_id", "people"),
        _foreign("survey_asks", "order_id", "orders"),
        _foreign("survey_asks", "producer_id", "producers"))
    of_order = sa.text("order_id IS NOT NULL")
    op.create_index("uq_survey_asks_order", "survey_asks", ["order_id", "survey_id"], unique=True,
                    sqlite_where=of_order, postgresql_where=of_order)
    op.create_index("ix_survey_asks_survey_id", "survey_asks", ["survey_id", "state"])
    op.create_index("ix_survey_asks_person_id", "survey_asks", ["person_id", "state"])
    op.create_index("ix_survey_asks_state", "survey_asks", ["state", "until"])
    op.create_table(
        "survey_caps", sa.Column("person_id", BIG, nullable=False),
        sa.Column("last_offered_at", AT),
        sa.Column("never", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_survey_caps")),
        _foreign("survey_caps", "person_id", "people"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
