"""What an answer is labelled with, and until when it waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("employee", "family", "supplier", "competitor", "free_sample", "discount", "ambassador")


def upgrade() -> None:
    """Columns that stay empty for answers given before."""
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    kinds = "','".join(KINDS)
    op.execute("ALTER TABLE ratings ADD COLUMN relation VARCHAR(12) CONSTRAINT ck_ratings_relation "
               f"CHECK (relation IS NULL OR relation IN ('{kinds}'))")
    op.execute(f"ALTER TABLE ratings ADD COLUMN invitation_id {whole} CONSTRAINT "
               "fk_ratings_invitation_id_invitations REFERENCES invitations (id)")
    zero, none = sa.text("0"), sa.text("'none'")
    for column in (
        sa.Column("benefit", sa.String(80)), sa.Column("aside_until", UtcDateTime()),
        sa.Column("counted_at", UtcDateTime()),
        sa.Column("told_version", BIG, nullable=False, server_default=zero),
        sa.Column("told_again", sa.Boolean()), sa.Column("network", sa.String(32)),
        sa.Column("used_for", sa.String(40)), sa.Column("draft", sa.JSON()),
        sa.Column("hidden_to", BIG, nullable=False, server_default=zero),
        sa.Column("helpful_rank", sa.Double(), nullable=False, server_default=zero),
    ):
        op.add_column("ratings", column)
    op.execute("UPDATE ratings SET told_version = version, told_again = again")
    waits = sa.text("aside_until IS NOT NULL")
    op.create_index("ix_ratings_aside_until", "ratings", ["aside_until"],
                    sqlite_where=waits, postgresql_where=waits)
    op.add_column("rating_photos",
                  sa.Column("pair", sa.String(6), nullable=False, server_default=none))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
