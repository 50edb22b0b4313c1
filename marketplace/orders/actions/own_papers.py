"""Documents that a house writes itself and hands in: their number and the file."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.events import DocumentIssued
from marketplace.orders.models import Document, Order, Refund, SellerOrder
from marketplace.orders.queries.documents import billing_of, corrections_of, invoice_of
from marketplace.orders.rules.documents import COUNTED, OWN_NUMBER, kept_until


def hand_in_document(part_id: int, number: str, file: str, checksum: str) -> Document:
    """Keep a document that the seller wrote; the first of a part is its invoice.

    Raises Conflict where the marketplace writes them, Invalid for a number that cannot be taken or
    stands on another document. Changes documents; announces DocumentIssued.
    """
    part = db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()
    first = invoice_of(part_id)
    if (not first.snapshot.get("own") if first else
            billing_of(part.producer_id).invoices != "own"):
        raise Conflict(_("The marketplace writes the documents of this order."))
    issuer, number = f"producer:{part.producer_id}", number.strip()
    if not OWN_NUMBER.fullmatch(number):
        raise Invalid({"number": _("Please give the number that stands on it, such as R-2026-17.")})
    if db.session.scalar(select(Document.id).where(Document.issuer == issuer,
                                                   Document.number == number)):
        raise Invalid({"number": _("You have another document of this number.")})
    order, today = db.session.get_one(Order, part.order_id), clock.today()
    row = Document(
        issuer=issuer, kind="correction" if first else "invoice", mode=order.mode, number=number,
        corrects_id=first.id if first else None, seller_order_id=part_id, issued_on=today,
        supplied_on=part.dispatched_at and clock.in_zone(part.dispatched_at).date(),
        lang=order.language, currency=order.currency, snapshot={"own": True, "order": order.number,
                                                                "part": part.number},
        rates=[], total_minor=_worth(part, first), vat_minor=0,
        keep_until=kept_until(today, str(part.seller.get("country") or "DE")),
        made_at=clock.now(), pdf_file=file, pdf_sha256=checksum)
    db.session.add(row)
    db.session.flush()
    announce(DocumentIssued(row.id, row.kind, part_id))
    return row


def _worth(part: SellerOrder, first: Document | None) -> int:
    """What is kept of a part, less what its documents said before."""
    asked = select(func.coalesce(func.sum(Refund.minor), 0)).where(
        Refund.seller_order_id == part.id, Refund.cause.in_(COUNTED))
    if part.paid_at is not None:
        asked = asked.where(Refund.made_at >= part.paid_at)
    said = [] if first is None else [first, *corrections_of(first.id)]
    kept = part.total_minor - int(db.session.scalar(asked) or 0)
    return kept - sum(row.total_minor for row in said)
