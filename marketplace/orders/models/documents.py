"""Invoices and corrections: what was issued, and the series their numbers come from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Document(Model):
    """What was issued, with everything that is printed; only its PDF is added later, once.

    `issuer`: "producer:<id>" or "operator"; `producer_id`: whom the operator billed.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("issuer", "number"),
        CheckConstraint("kind IN ('invoice','correction','commission_invoice',"
                        "'commission_correction')", name="kind"),
        CheckConstraint("mode IN ('live','test','demo')", name="mode"),
        Index("ix_documents_seller_order_id", "seller_order_id"),
        Index("ix_documents_issued_on", "issuer", "issued_on"),
        Index("ix_documents_producer_id", "producer_id"),
        Index("ix_documents_no_paper", "id", sqlite_where=text("pdf_file IS NULL"),
              postgresql_where=text("pdf_file IS NULL")),
        Index("uq_documents_invoice", "seller_order_id", unique=True,
              sqlite_where=text("kind = 'invoice'"), postgresql_where=text("kind = 'invoice'")),
        Index("uq_documents_commission", "producer_id", "mode", "supplied_on", unique=True,
              sqlite_where=text("kind IN ('commission_invoice','commission_correction')"),
              postgresql_where=text("kind IN ('commission_invoice','commission_correction')")),
        Index("uq_documents_refund", "refund_id", unique=True,
              sqlite_where=text("refund_id IS NOT NULL"),
              postgresql_where=text("refund_id IS NOT NULL")),
    )

    id: Mapped[Key]
    issuer: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(24))
    mode: Mapped[str] = mapped_column(String(4))
    number: Mapped[str] = mapped_column(String(40))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    seller_order_id: Mapped[int | None] = mapped_column(ForeignKey("seller_orders.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    issued_on: Mapped[date]
    supplied_on: Mapped[date | None]
    lang: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    rates: Mapped[list[Any]] = mapped_column(JSON)
    total_minor: Mapped[int]
    vat_minor: Mapped[int]
    keep_until: Mapped[date]
    made_at: Mapped[datetime]
    pdf_file: Mapped[str | None] = mapped_column(String(80))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))


class NumberSeries(Model):
    """The next number of an issuer's year; trials count apart from what is real."""

    __tablename__ = "number_series"

    issuer: Mapped[str] = mapped_column(String(24), primary_key=True)
    mode: Mapped[str] = mapped_column(String(4), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next: Mapped[int] = mapped_column(default=1)


class Billing(Model):
    """Who writes a producer's invoices, and what their numbers begin with."""

    __tablename__ = "billing"
    __table_args__ = (CheckConstraint("invoices IN ('platform','own')", name="invoices"),)

    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"), primary_key=True)
    invoices: Mapped[str] = mapped_column(String(8), default="platform")
    prefix: Mapped[str] = mapped_column(String(12), default="")
