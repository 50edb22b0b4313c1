"""Recommendations say what their author has to do with it, and keep what they said before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("employee", "family", "supplier", "competitor", "free_sample", "discount", "ambassador")


def upgrade() -> None:
    """Two labels, a number of the version, and the earlier versions, append-only."""
    op.execute("ALTER TABLE recommendations ADD COLUMN relation VARCHAR(12) "
               f"CONSTRAINT ck_recommendations_relation CHECK (relation IS NULL OR relation "
               f"IN {KINDS})")
    op.add_column("recommendations", sa.Column("benefit", sa.String(80)))
    op.add_column("recommendations", sa.Column("version", BIG, nullable=False,
                                               server_default=sa.text("1")))
    op.create_table(
        "recommendation_versions",
        sa.Column("recommendation_id", BIG, sa.ForeignKey(
            "recommendations.id",
            name="fk_recommendation_versions_recommendation_id_recommendations"),
            primary_key=True),
        sa.Column("version", BIG, primary_key=True),
        sa.Column("reason", sa.String(600), nullable=False),
        sa.Column("occasion_id", BIG, sa.ForeignKey(
            "occasions.id", name="fk_recommendation_versions_occasion_id_occasions")),
        sa.Column("said_until", UtcDateTime(), nullable=False))
    _append_only("recommendation_versions")


def _append_only(table: str) -> None:
    """A row is never changed; it goes only with all of its recommendation."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN "
                   f"SELECT RAISE(ABORT, '{table} is append-only'); END")
        return
    op.execute(f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
               "FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
