"""Invoices and corrections as buyers and staff find them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from marketplace.foundation.database import db, read
from marketplace.orders.models import Billing, Document, Order, SellerOrder
from marketplace.orders.rules.documents import Share, prefix_of
from marketplace.producers.models import Producer


@dataclass(frozen=True, slots=True)
class Bills:
    """Who writes a producer's invoices, and what their numbers begin with."""

    invoices: str
    prefix: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list; minor units."""

    id: int
    seller_order_id: int | None
    kind: str
    number: str
    issued_on: date
    total_minor: int
    ready: bool
    refund_id: int | None = None


def billing_of(producer_id: int) -> Bills:
    """As the producer chose, or the marketplace with the first letters of the name. Loads: 1."""
    name, row = db.session.execute(
        select(Producer.name, Billing).outerjoin(Billing, Billing.producer_id == Producer.id)
        .where(Producer.id == producer_id).execution_options(populate_existing=True)).one()
    prefix = (row.prefix if row else "") or prefix_of(name)
    return Bills(row.invoices if row else "platform", prefix)


def invoice_of(part_id: int) -> Document | None:
    """The invoice of a part. Loads: 1 statement."""
    return db.session.scalar(select(Document).where(
        Document.seller_order_id == part_id, Document.kind == "invoice"))


def corrections_of(invoice_id: int) -> Sequence[Document]:
    """What corrects an invoice, oldest first. Loads: 1 statement."""
    return db.session.scalars(select(Document).where(Document.corrects_id == invoice_id)
                              .order_by(Document.id)).all()


def shares_of(row: Document) -> tuple[Share, ...]:
    """A document's amounts by rate."""
    return tuple(Share(**one) for one in row.rates)


def documents_of(part_ids: Collection[int]) -> Mapping[int, Sequence[DocumentRow]]:
    """Documents by part, oldest first. Loads: 1 statement."""
    found: dict[int, list[DocumentRow]] = {}
    for row in read(
        select(Document.id, Document.seller_order_id, Document.kind, Document.number,
               Document.issued_on, Document.total_minor, Document.pdf_file.is_not(None),
               Document.refund_id)
        .where(Document.seller_order_id.in_(list(part_ids))).order_by(Document.id)
    ):
        found.setdefault(row[1], []).append(DocumentRow(
            row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), row[7]))
    return found


def document_of(order_number: str, document_id: int) -> Document | None:
    """A document of an order. Loads: 1 statement."""
    return db.session.scalar(
        select(Document).join(SellerOrder, SellerOrder.id == Document.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(Document.id == document_id, Order.number == order_number.upper()))


def own_document(producer_ids: Collection[int], document_id: int) -> Document | None:
    """A document that one of these producers issued, or that the operator sent to it. Loads: 1."""
    issuers = [f"producer:{number}" for number in producer_ids]
    return db.session.scalar(select(Document).where(
        Document.id == document_id,
        Document.issuer.in_(issuers) | Document.producer_id.in_(list(producer_ids))))


def unsent_papers(limit: int = 200) -> Sequence[int]:
    """Documents whose PDF is not made, oldest first. Loads: 1 statement."""
    return db.session.scalars(select(Document.id).where(Document.pdf_file.is_(None))
                              .order_by(Document.id).limit(limit)).all()


def document_months(producer_id: int) -> Sequence[tuple[int, int, int]]:
    """Year, month and number of documents a producer issued, newest first. Loads: 1 statement."""
    year, month = (func.extract(part, Document.issued_on) for part in ("year", "month"))
    rows = read(select(year, month, func.count()).where(
        Document.issuer == f"producer:{producer_id}").group_by(year, month)
        .order_by(year.desc(), month.desc()))
    return [(int(row[0]), int(row[1]), int(row[2])) for row in rows]
