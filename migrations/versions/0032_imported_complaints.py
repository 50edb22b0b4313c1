"""Ratings from elsewhere can be named and their words hidden; authors are asked first."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 1_000


def upgrade() -> None:
    """Columns first, a code for every row, then the index that keeps codes apart."""
    op.add_column("imported_ratings", sa.Column("code", sa.String(24), nullable=True))
    op.add_column("imported_ratings", sa.Column(
        "words_standing", sa.String(10), nullable=False, server_default=sa.text("'visible'")))
    op.add_column("imported_ratings", sa.Column("words_reason", sa.String(30), nullable=True))
    _name_rows()
    op.create_index("uq_imported_ratings_code", "imported_ratings", ["code"], unique=True)
    op.add_column("matters", sa.Column("due_at", UtcDateTime(), nullable=True))
    op.create_table(
        "author_words",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("matter_id", BIG, sa.ForeignKey(
            "matters.id", name="fk_author_words_matter_id_matters"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False))
    op.create_index("ix_author_words_matter_id", "author_words", ["matter_id"])


def _name_rows() -> None:
    """An unguessable code for each row, a thousand at a time."""
    here = op.get_bind()
    table = sa.table("imported_ratings", sa.column("id", sa.BigInteger), sa.column("code"))
    while True:
        ids = here.scalars(sa.select(table.c.id).where(table.c.code.is_(None))
                           .order_by(table.c.id).limit(AT_ONCE)).all()
        if not ids:
            return
        here.execute(sa.update(table).where(table.c.id == sa.bindparam("row")).values(
            code=sa.bindparam("made")), [{"row": i, "made": secrets.token_hex(12)} for i in ids])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
