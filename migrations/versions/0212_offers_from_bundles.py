"""Offers that producers and the author of a bundle agree on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0212"
down_revision = "0211"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = UtcDateTime()


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    """Nobody was asked yet; prices of sets that run were agreed elsewhere."""
    op.create_table(
        "bundle_offers", sa.Column("id", BIG, nullable=False),
        *(sa.Column(name, BIG, nullable=False) for name in ("bundle_id", "producer_id")),
        sa.Column("credit", sa.String(120), nullable=False),
        sa.Column("benefit", sa.String(200), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False), sa.Column("pause", sa.String(8)),
        sa.Column("offer_code", sa.String(20)), sa.Column("asked_at", AT, nullable=False),
        sa.Column("ended_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_offers")),
        sa.CheckConstraint("state IN ('asked','running','paused','declined','lapsed','ended')",
                           name=op.f("ck_bundle_offers_state")),
        sa.CheckConstraint("(state = 'paused') = (pause IS NOT NULL)",
                           name=op.f("ck_bundle_offers_pause")),
        _foreign("bundle_offers", "bundle_id", "bundles"),
        _foreign("bundle_offers", "producer_id", "producers"))
    op.create_index("ix_bundle_offers_bundle_id", "bundle_offers", ["bundle_id", "state"])
    op.create_index("ix_bundle_offers_state", "bundle_offers", ["state", "asked_at"])
    _agreements()


def _agreements() -> None:
    op.create_table(
        "offer_agreements", sa.Column("id", BIG, nullable=False),
        sa.Column("offer_id", BIG, nullable=False),
        sa.Column("party", sa.String(8), nullable=False), sa.Column("producer_id", BIG),
        sa.Column("state", sa.String(8), nullable=False), sa.Column("form", sa.String(7)),
        sa.Column("value", BIG), sa.Column("at", AT), sa.Column("person_id", BIG),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_agreements")),
        sa.UniqueConstraint("offer_id", "producer_id",
                            name=op.f("uq_offer_agreements_offer_id_producer_id")),
        sa.CheckConstraint("party IN ('author','producer')",
                           name=op.f("ck_offer_agreements_party")),
        sa.CheckConstraint("state IN ('asked','agreed','declined','ended')",
                           name=op.f("ck_offer_agreements_state")),
        sa.CheckConstraint("(party = 'producer') = (producer_id IS NOT NULL)",
                           name=op.f("ck_offer_agreements_producer")),
        sa.CheckConstraint("party = 'author' OR state <> 'agreed' OR value IS NOT NULL",
                           name=op.f("ck_offer_agreements_value")),
        _foreign("offer_agreements", "offer_id", "bundle_offers"),
        _foreign("offer_agreements", "producer_id", "producers"),
        _foreign("offer_agreements", "person_id", "people"))


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
