"""Invoices and corrections with their numbers; what was issued stays as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marketplace.foundation.database import UtcDateTime

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = ("issuer", "kind", "mode", "number", "corrects_id", "seller_order_id", "refund_id",
        "producer_id", "issued_on", "supplied_on", "lang", "currency", "snapshot", "rates",
        "total_minor", "vat_minor", "keep_until", "made_at")
INVOICE = sa.text("kind = 'invoice'")
NO_PAPER = sa.text("pdf_file IS NULL")
OF_REFUND = sa.text("refund_id IS NOT NULL")


def upgrade() -> None:
    """What was dispatched before has no document; a command makes them."""
    op.create_table(
        "documents", sa.Column("id", BIG, primary_key=True),
        sa.Column("issuer", sa.String(24), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("mode", sa.String(4), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        _key("corrects_id", "documents"), _key("seller_order_id", "seller_orders"),
        _key("refund_id", "refunds"), _key("producer_id", "producers"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("supplied_on", sa.Date(), nullable=True),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("rates", sa.JSON(), nullable=False),
        sa.Column("total_minor", BIG, nullable=False), sa.Column("vat_minor", BIG, nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("pdf_file", sa.String(80), nullable=True),
        sa.Column("pdf_sha256", sa.String(64), nullable=True),
        sa.UniqueConstraint("issuer", "number", name=op.f("uq_documents_issuer_number")),
        sa.CheckConstraint("kind IN ('invoice','correction','commission_invoice',"
                           "'commission_correction')", name=op.f("ck_documents_kind")),
        sa.CheckConstraint("mode IN ('live','test','demo')", name=op.f("ck_documents_mode")))
    op.create_index("ix_documents_seller_order_id", "documents", ["seller_order_id"])
    op.create_index("ix_documents_issued_on", "documents", ["issuer", "issued_on"])
    op.create_index("ix_documents_producer_id", "documents", ["producer_id"])
    op.create_index("ix_documents_no_paper", "documents", ["id"], sqlite_where=NO_PAPER,
                    postgresql_where=NO_PAPER)
    op.create_index("uq_documents_invoice", "documents", ["seller_order_id"], unique=True,
                    sqlite_where=INVOICE, postgresql_where=INVOICE)
    op.create_index("uq_documents_refund", "documents", ["refund_id"], unique=True,
                    sqlite_where=OF_REFUND, postgresql_where=OF_REFUND)
    op.create_table(
        "number_series", sa.Column("issuer", sa.String(24), primary_key=True),
        sa.Column("mode", sa.String(4), primary_key=True),
        sa.Column("year", BIG, primary_key=True, autoincrement=False),
        sa.Column("next", BIG, nullable=False))
    op.create_table(
        "billing",
        sa.Column("producer_id", BIG, sa.ForeignKey(
            "producers.id", name="fk_billing_producer_id_producers"), primary_key=True),
        sa.Column("invoices", sa.String(8), nullable=False),
        sa.Column("prefix", sa.String(12), nullable=False),
        sa.CheckConstraint("invoices IN ('platform','own')", name=op.f("ck_billing_invoices")))
    _stays()


def _key(column: str, target: str) -> sa.Column[int]:
    return sa.Column(column, BIG, sa.ForeignKey(
        f"{target}.id", name=f"fk_documents_{column}_{target}"), nullable=True)


def _stays() -> None:
    """A document only ever gets its PDF, once; it may go when the law's years are over."""
    if op.get_bind().dialect.name == "sqlite":
        same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
        op.execute(
            "CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents "
            f"WHEN NOT (OLD.pdf_file IS NULL AND {same}) "
            "BEGIN SELECT RAISE(ABORT, 'documents are never changed'); END")
        op.execute(
            "CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents "
            "WHEN OLD.keep_until >= date('now') "
            "BEGIN SELECT RAISE(ABORT, 'documents are kept'); END")
        return
    op.execute("""
        CREATE FUNCTION keep_documents() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN
            IF OLD.keep_until < CURRENT_DATE THEN RETURN OLD; END IF;
          ELSIF OLD.pdf_file IS NULL
            AND to_jsonb(NEW) - 'pdf_file' - 'pdf_sha256'
              = to_jsonb(OLD) - 'pdf_file' - 'pdf_sha256' THEN RETURN NEW;
          END IF;
          RAISE EXCEPTION 'documents are never changed';
        END $$ LANGUAGE plpgsql""")
    op.execute("CREATE TRIGGER documents_stay BEFORE UPDATE OR DELETE ON documents "
               "FOR EACH ROW EXECUTE FUNCTION keep_documents()")


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
