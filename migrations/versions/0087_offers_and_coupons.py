"""Prices agreed for sets, coupons, how buyers first heard of the market, baskets that met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """There were none before."""
    _offers()
    _coupons()
    for name in ("both_guest", "both_own"):
        op.add_column("basket_lines", sa.Column(name, BIG))
    op.create_table(
        "first_contacts", _key("order_id", "first_contacts", "orders", primary_key=True),
        sa.Column("answer", sa.String(8), nullable=False),
        sa.Column("words", sa.String(120), nullable=False),
        sa.CheckConstraint("answer IN ('friends','market','press','search','advert','other')",
                           name=op.f("ck_first_contacts_answer")))


def _offers() -> None:
    op.create_table(
        "offers", sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("title_de", sa.String(120), nullable=False),
        sa.Column("title_en", sa.String(120), nullable=False),
        sa.Column("set_key", sa.String(40), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("code", name=op.f("uq_offers_code")),
        sa.CheckConstraint("state IN ('running','paused','ended')", name=op.f("ck_offers_state")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from",
                           name=op.f("ck_offers_valid")))
    op.create_index("ix_offers_set_key", "offers", ["set_key", "state"])
    op.create_table(
        "offer_items",
        _key("offer_id", "offer_items", "offers", primary_key=True, gone=True),
        _key("variant_id", "offer_items", "variants", primary_key=True),
        sa.Column("qty", BIG, nullable=False),
        sa.CheckConstraint("qty BETWEEN 1 AND 999", name=op.f("ck_offer_items_qty")))
    op.create_table(
        "offer_terms",
        _key("offer_id", "offer_terms", "offers", primary_key=True, gone=True),
        _key("producer_id", "offer_terms", "producers", primary_key=True),
        sa.Column("form", sa.String(7), nullable=False),
        sa.Column("value", BIG, nullable=False),
        _key("agreed_by", "offer_terms", "people", nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(form = 'fixed' AND value >= 0) OR "
                           "(form = 'percent' AND value BETWEEN 0 AND 9000)",
                           name=op.f("ck_offer_terms_value")))


def _coupons() -> None:
    op.create_table(
        "coupons", sa.Column("id", BIG, primary_key=True),
        _key("producer_id", "coupons", "producers", nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("form", sa.String(7), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.Column("min_goods_minor", BIG, nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.Column("max_uses", BIG, nullable=True),
        sa.Column("used", BIG, nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        _key("made_by", "coupons", "people", nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("producer_id", "code", name=op.f("uq_coupons_producer_id_code")),
        sa.CheckConstraint("(form = 'percent' AND value BETWEEN 1 AND 10000) OR "
                           "(form = 'amount' AND value > 0)", name=op.f("ck_coupons_value")),
        sa.CheckConstraint("used >= 0 AND (max_uses IS NULL OR used <= max_uses)",
                           name=op.f("ck_coupons_used")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from",
                           name=op.f("ck_coupons_valid")),
        sa.CheckConstraint("min_goods_minor >= 0", name=op.f("ck_coupons_min_goods")))
    op.create_table(
        "basket_coupons",
        _key("basket_id", "basket_coupons", "baskets", primary_key=True, gone=True),
        _key("producer_id", "basket_coupons", "producers", primary_key=True),
        _key("coupon_id", "basket_coupons", "coupons", nullable=False))


def _key(column: str, table: str, target: str, gone: bool = False, nullable: bool = False,
         primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        column, BIG, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}",
                                   ondelete="CASCADE" if gone else None),
        nullable=nullable, primary_key=primary_key, autoincrement=False)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
