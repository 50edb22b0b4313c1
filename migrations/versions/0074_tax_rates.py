"""Rates of VAT in a table with their dates; lines keep the country and the note of their rate."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SHIPPED = (
    ("regular", "DE", "standard", 1900, "", "2021-01-01", "UStG § 12(1)"),
    ("regular", "DE", "reduced", 700, "", "2021-01-01", "UStG § 12(2)"),
    ("regular", "DE", "zero", 0, "", "2023-01-01", "UStG § 12(3)"),
    ("small", "DE", "*", 0, "small", "2021-01-01", "UStG § 19"),
    ("flat_rate", "DE", "*", 780, "flat", "2025-01-01", "UStG § 24(1)"),
)
OVERLAP = """r.status = NEW.status AND r.country = NEW.country AND r.category = NEW.category
    AND (r.valid_to IS NULL OR r.valid_to >= NEW.valid_from)
    AND (NEW.valid_to IS NULL OR NEW.valid_to >= r.valid_from)"""


def upgrade() -> None:
    """What was sold before keeps its rate; sellers without VAT and with a flat rate get theirs."""
    rates = op.create_table(
        "tax_rates", sa.Column("id", BIG, primary_key=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("category", sa.String(12), nullable=False),
        sa.Column("bp", BIG, nullable=False), sa.Column("note", sa.String(20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(200), nullable=False),
        sa.UniqueConstraint("status", "country", "category", "valid_from",
                            name=op.f("uq_tax_rates_status_country_category_valid_from")),
        sa.CheckConstraint("status IN ('regular','small','flat_rate')",
                           name=op.f("ck_tax_rates_status")),
        sa.CheckConstraint("bp BETWEEN 0 AND 5000", name=op.f("ck_tax_rates_bp")),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to",
                           name=op.f("ck_tax_rates_order")))
    names = ("status", "country", "category", "bp", "note", "valid_from", "source")
    op.bulk_insert(rates, [
        {**dict(zip(names, row, strict=True)), "valid_from": date.fromisoformat(row[5]),
         "valid_to": None} for row in SHIPPED])
    _no_overlap()
    _lines()


def _no_overlap() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event, other in (("INSERT", ""), ("UPDATE", " AND r.id <> NEW.id")):
            op.execute(
                f"CREATE TRIGGER tax_rates_overlap_{event.lower()} BEFORE {event} ON tax_rates "
                f"WHEN EXISTS (SELECT 1 FROM tax_rates r WHERE {OVERLAP}{other}) "
                "BEGIN SELECT RAISE(ABORT, 'tax_rates overlap'); END")
        return
    op.execute(f"""
        CREATE FUNCTION refuse_overlapping_rates() RETURNS trigger AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM tax_rates r WHERE {OVERLAP} AND r.id <> NEW.id) THEN
            RAISE EXCEPTION 'tax_rates overlap';
          END IF;
          RETURN NEW;
        END $$ LANGUAGE plpgsql""")
    op.execute("CREATE TRIGGER tax_rates_overlap BEFORE INSERT OR UPDATE ON tax_rates "
               "FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_rates()")


def _lines() -> None:
    for name, kind in (("tax_country", sa.String(2)), ("tax_note", sa.String(20))):
        op.add_column("order_lines", sa.Column(name, kind, nullable=False,
                                               server_default=sa.text("''")))
    op.execute("""
        UPDATE order_lines SET tax_country = (
            SELECT p.country FROM seller_orders s JOIN producers p ON p.id = s.producer_id
            WHERE s.id = order_lines.seller_order_id)""")
    said = "json_extract(seller, '$.vat_status')" \
        if op.get_bind().dialect.name == "sqlite" else "seller ->> 'vat_status'"
    for status, bp, note in (("small", 0, "small"), ("flat_rate", 780, "flat")):
        op.execute(f"UPDATE order_lines SET tax_bp = {bp}, tax_note = '{note}' "
                   "WHERE seller_order_id IN "
                   f"(SELECT id FROM seller_orders WHERE {said} = '{status}')")
    with op.batch_alter_table("order_lines") as batch:
        for name, kind in (("tax_country", sa.String(2)), ("tax_note", sa.String(20))):
            batch.alter_column(name, existing_type=kind, server_default=None)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
