"""Asks for advice, whom they are put to, and recommendations that answer them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(table: str, column: str, target: str, **more: object) -> sa.Column[int]:
    """A column that points to another table."""
    name = f"fk_{table}_{column}_{target}"
    return sa.Column(column, BIG, sa.ForeignKey(f"{target}.id", name=name), **more)


def upgrade() -> None:
    """Two tables; three columns; the one open recommendation is now one for each ask."""
    _asks()
    _routes()
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE recommendations ADD COLUMN ask_id {number} "
               "CONSTRAINT fk_recommendations_ask_id_asks REFERENCES asks (id)")
    op.add_column("recommendations", sa.Column("helped_at", UtcDateTime()))
    op.create_index("ix_recommendations_ask_id", "recommendations", ["ask_id"])
    visible = sa.text("state = 'visible'")
    op.drop_index("uq_recommendations_open", "recommendations")
    op.create_index(
        "uq_recommendations_open", "recommendations",
        ["author_id", "thing", "thing_id", "audience", sa.text("coalesce(group_id, 0)"),
         sa.text("coalesce(person_id, 0)"), sa.text("coalesce(ask_id, 0)")],
        unique=True, sqlite_where=visible, postgresql_where=visible)
    op.add_column("recommend_choices", sa.Column("asked", sa.Boolean(), nullable=False,
                                                 server_default=sa.false()))


def _asks() -> None:
    op.create_table(
        "asks", sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(24), nullable=False),
        _to("asks", "person_id", "people", nullable=False),
        sa.Column("wish", sa.String(400), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("chips", sa.JSON(), nullable=False),
        _to("asks", "subject_id", "subjects"),
        sa.Column("audience", sa.String(8), nullable=False),
        _to("asks", "group_id", "groups"),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()), sa.Column("board_at", UtcDateTime()),
        sa.Column("board_code", sa.String(24)),
        sa.UniqueConstraint("code", name="uq_asks_code"),
        sa.CheckConstraint("audience IN ('all','group')", name=op.f("ck_asks_audience")),
        sa.CheckConstraint("state IN ('open','closed','withdrawn','hidden')",
                           name=op.f("ck_asks_state")),
        sa.CheckConstraint("audience <> 'group' OR group_id IS NOT NULL",
                           name=op.f("ck_asks_group")))
    still = sa.text("state = 'open'")
    op.create_index("uq_asks_open", "asks",
                    ["person_id", "wish", "audience", sa.text("coalesce(group_id, 0)")],
                    unique=True, sqlite_where=still, postgresql_where=still)
    op.create_index("ix_asks_state", "asks", ["state", "until", "made_at"])
    op.create_index("ix_asks_person", "asks", ["person_id", "made_at"])
    op.create_index("ix_asks_group_id", "asks", ["group_id", "made_at"])


def _routes() -> None:
    op.create_table(
        "ask_routes", sa.Column("id", BIG, primary_key=True),
        _to("ask_routes", "ask_id", "asks", nullable=False),
        _to("ask_routes", "person_id", "people"), _to("ask_routes", "group_id", "groups"),
        sa.Column("rated", BIG, nullable=False), sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (group_id IS NULL)",
                           name=op.f("ck_ask_routes_one_target")))
    for target in ("person", "group"):
        known = sa.text(f"{target}_id IS NOT NULL")
        op.create_index(f"uq_ask_routes_{target}", "ask_routes", ["ask_id", f"{target}_id"],
                        unique=True, sqlite_where=known, postgresql_where=known)
        op.create_index(f"ix_ask_routes_{target}_id", "ask_routes", [f"{target}_id", "at"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
