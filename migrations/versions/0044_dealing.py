"""Blocks of messages, terms for producers, deviations from equal treatment, pictures of places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOTICE = {"sqlite": "valid_from >= date(announced_on, '+15 days')",
          "postgresql": "valid_from >= announced_on + 15"}


def upgrade() -> None:
    """Four tables that begin empty."""
    _blocks()
    _terms()
    _deviations()
    _media()


def _key(column: str, table: str, target: str) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_{table}_{column}_{target}"), nullable=False)


def _blocks() -> None:
    op.create_table(
        "message_blocks", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "message_blocks", "producers"),
        _key("person_id", "message_blocks", "people"),
        sa.Column("reason", sa.String(300), nullable=False),
        _key("by_id", "message_blocks", "people"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("producer_id", "person_id",
                            name=op.f("uq_message_blocks_producer_id_person_id")))


def _terms() -> None:
    op.create_table(
        "terms", sa.Column("version", BIG, primary_key=True, autoincrement=False),
        sa.Column("words_de", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        _key("announced_by", "terms", "people"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.CheckConstraint(NOTICE[op.get_bind().dialect.name], name=op.f("ck_terms_notice")))


def _deviations() -> None:
    op.create_table(
        "exceptions", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "exceptions", "producers"),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("why", sa.String(300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on",
                           name=op.f("ck_exceptions_order")))
    op.create_index("ix_exceptions_producer_id", "exceptions", ["producer_id"])


def _media() -> None:
    op.create_table(
        "producer_media", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "producer_media", "producers"),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in (
            ("file", 80), ("kind", 8), ("alt_de", 200), ("alt_en", 200))),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.Column("licence", sa.String(80), nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in ("position", "width", "height")),
        sa.Column("tint", sa.String(7), nullable=False),
        sa.Column("renditions", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('photo','video')", name=op.f("ck_producer_media_kind")),
        sa.CheckConstraint("alt_de <> '' OR alt_en <> ''", name=op.f("ck_producer_media_alt")),
        sa.CheckConstraint("kind <> 'video' OR (transcript IS NOT NULL AND transcript <> '')",
                           name=op.f("ck_producer_media_transcript")))
    op.create_index("ix_producer_media_producer_id", "producer_media",
                    ["producer_id", "position"])


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
