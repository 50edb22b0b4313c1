"""Issuing invoices and corrections: number and row in one change, so that no number is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.orders.events import DocumentIssued, ParcelHandedOver, RefundDue
from marketplace.orders.models import (
    Document,
    NumberSeries,
    Order,
    OrderLine,
    Refund,
    RefundLine,
    SellerOrder,
)
from marketplace.orders.queries.documents import (
    billing_of,
    corrections_of,
    invoice_of,
    shares_of,
)
from marketplace.orders.rules.amounts import worth_of
from marketplace.orders.rules.documents import (
    COUNTED,
    VAT_FREE,
    Share,
    corrected,
    invoiced,
    kept_until,
    number_of,
    standing,
)
from marketplace.producers.queries.legal import tax_facts

SENT = ("dispatched", "delivered")
LATER = -10
"""Priority of papers: what people wait for goes first."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A document to be issued; `snapshot` holds everything printed but number and day."""

    issuer: str
    kind: str
    mode: str
    prefix: str
    country: str
    lang: str
    snapshot: Mapping[str, Any]
    shares: Sequence[Share]
    seller_order_id: int | None = None
    corrects_id: int | None = None
    refund_id: int | None = None
    producer_id: int | None = None
    supplied_on: date | None = None


def invoice_sent(event: ParcelHandedOver) -> None:
    """The last goods of a part left: its invoice is issued. As `invoice`."""
    invoice(event.seller_order_id)


def correct_refunded(event: RefundDue) -> None:
    """A refund after the invoice: a correction is issued. As `correct`."""
    correct(event.refund_id)


def invoice(part_id: int, at: datetime | None = None) -> Document | None:
    """The invoice of a part that is sent; None before that, and for who writes their own.

    Once only; of now, or of a moment before. Changes number_series, documents, jobs; announces
    DocumentIssued.
    """
    part = db.session.get_one(SellerOrder, part_id, populate_existing=True)
    bills = billing_of(part.producer_id)
    if part.state not in SENT or bills.invoices == "own" or invoice_of(part_id) is not None:
        return None
    order = db.session.get_one(Order, part.order_id)
    lines = db.session.scalars(
        select(OrderLine).where(OrderLine.seller_order_id == part_id,
                                OrderLine.qty > OrderLine.cancelled)
        .order_by(OrderLine.position).execution_options(populate_existing=True)).all()
    backs = _before_sending(part)
    free = any(line.tax_note in VAT_FREE for line in lines)
    sending = max(0, part.shipping_minor - sum(row.shipping_minor for row in backs))
    shares = invoiced([(_kept(line), line.tax_bp) for line in lines], sending, free)
    goods, rest = _given_back([row.id for row in backs if row.cause != "cancel"])
    less = corrected(shares, goods, 0, rest, free)
    sent_on = clock.in_zone(part.dispatched_at).date() if part.dispatched_at else clock.today()
    snapshot = {
        **_parties(order, part), "lines": [_line(line) for line in lines],
        "sending_minor": sending, "less_minor": -sum(one.gross_minor for one in less),
        "notes": sorted({line.tax_note for line in lines if line.tax_note}),
        "tax_country": lines[0].tax_country if lines else "", "vat_free": free,
        "paid_on": part.paid_at and clock.in_zone(part.paid_at).date().isoformat(),
        "method": order.method, "currency": order.currency}
    return issue(Issue(
        f"producer:{part.producer_id}", "invoice", order.mode, bills.prefix,
        str(part.seller.get("country") or "DE"), order.language, snapshot,
        standing([shares, less]), part_id, supplied_on=sent_on), at)


def _kept(line: OrderLine) -> int:
    """Gross of what is not cancelled, its deposit with it."""
    return sum(total - worth_of(total, line.qty, line.cancelled)
               for total in (line.total_minor, line.deposit_minor))


def _line(line: OrderLine) -> dict[str, Any]:
    return {"title": line.title, "qty": line.qty - line.cancelled, "unit_minor": line.unit_minor,
            "deposit_minor": line.deposit_minor - worth_of(line.deposit_minor, line.qty,
                                                           line.cancelled),
            "minor": _kept(line), "bp": line.tax_bp,
            "discount_minor": line.discount_minor and line.discount_minor - worth_of(
                line.discount_minor, line.qty, line.cancelled)}


def _before_sending(part: SellerOrder) -> Sequence[Refund]:
    """Refunds of this contract that lowered its price; what came before a revival is over."""
    asked = select(Refund).where(Refund.seller_order_id == part.id, Refund.cause.in_(COUNTED))
    if part.paid_at is not None:
        asked = asked.where(Refund.made_at >= part.paid_at)
    return db.session.scalars(asked.order_by(Refund.id)).all()


def _given_back(refund_ids: Sequence[int]) -> tuple[dict[int, int], int]:
    """What refunds gave back of goods by rate, and of no line and no sending."""
    if not refund_ids:
        return {}, 0
    rows = db.session.execute(
        select(OrderLine.tax_bp, RefundLine.minor)
        .join(OrderLine, OrderLine.id == RefundLine.line_id)
        .where(RefundLine.refund_id.in_(list(refund_ids)))).all()
    goods: dict[int, int] = {}
    for bp, minor in rows:
        goods[bp] = goods.get(bp, 0) + minor
    whole = db.session.execute(
        select(Refund.minor, Refund.shipping_minor).where(Refund.id.in_(list(refund_ids)))).all()
    rest = sum(minor - sending for minor, sending in whole) - sum(goods.values())
    return goods, max(0, rest)


def _parties(order: Order, part: SellerOrder) -> dict[str, Any]:
    """Who sold what to whom, copied."""
    seller = dict(part.seller)
    if not seller.get("vat_id") and not seller.get("tax_no"):
        facts = tax_facts([part.producer_id])[part.producer_id]
        seller |= {"vat_id": facts.vat_id, "tax_no": facts.tax_no}
    buyer = dict(order.bill_to or order.ship_to)
    return {"seller": seller, "buyer": buyer, "order": order.number, "part": part.number,
            "placed_on": clock.in_zone(order.placed_at).date().isoformat(),
            "deliver_to": dict(order.ship_to) if buyer != dict(order.ship_to) else None}


def correct(refund_id: int) -> Document | None:
    """The correction of a refund that came after its invoice; None where none is needed.

    Once only. All documents together come to what is kept. Changes as `invoice`.
    """
    refund = db.session.get_one(Refund, refund_id)
    first = invoice_of(refund.seller_order_id)
    if refund.cause not in COUNTED or first is None or first.snapshot.get("own"):
        return None
    before = [first, *corrections_of(first.id)]
    if any(row.refund_id == refund_id for row in before):
        return None
    free = bool(first.snapshot["vat_free"])
    goods, rest = _given_back([refund_id])
    shares = corrected(standing(map(shares_of, before)), goods, refund.shipping_minor, rest, free)
    if not shares:
        return None
    back = -sum(one.gross_minor for one in shares)
    lines = _refund_lines(refund_id)
    sending = min(refund.shipping_minor, -sum(one.sending_minor for one in shares))
    copied = {name: first.snapshot[name] for name in (
        "seller", "buyer", "order", "part", "placed_on", "deliver_to", "notes", "tax_country",
        "vat_free", "method", "currency")}
    snapshot = {
        **copied, "lines": lines, "sending_minor": -sending, "less_minor":
        back - sending + sum(line["minor"] for line in lines), "cause": refund.cause,
        "corrects": {"number": first.number, "issued_on": first.issued_on.isoformat()}}
    part = db.session.get_one(SellerOrder, refund.seller_order_id)
    return issue(Issue(
        first.issuer, "correction", first.mode, billing_of(part.producer_id).prefix,
        str(first.snapshot["seller"].get("country") or "DE"), first.lang, snapshot, shares,
        part.id, first.id, refund_id, supplied_on=first.supplied_on))


def _refund_lines(refund_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(OrderLine.title, RefundLine.qty, RefundLine.minor, OrderLine.tax_bp)
        .join(OrderLine, OrderLine.id == RefundLine.line_id)
        .where(RefundLine.refund_id == refund_id).order_by(OrderLine.position)).all()
    return [{"title": row[0], "qty": row[1], "unit_minor": None, "deposit_minor": 0,
             "minor": -row[2], "bp": row[3]} for row in rows]


def issue(new: Issue, at: datetime | None = None) -> Document:
    """Give it the next number of its issuer's year and keep it for good; its PDF is a job.

    Changes number_series, documents, jobs; announces DocumentIssued.
    """
    made_at = at or clock.now()
    today = clock.in_zone(made_at).date()
    number = _next_number(new, today.year)
    row = Document(
        issuer=new.issuer, kind=new.kind, mode=new.mode, number=number,
        corrects_id=new.corrects_id, seller_order_id=new.seller_order_id,
        refund_id=new.refund_id, producer_id=new.producer_id, issued_on=today,
        supplied_on=new.supplied_on, lang=new.lang,
        currency=str(new.snapshot.get("currency") or "EUR"), snapshot=dict(new.snapshot),
        rates=[asdict(one) for one in new.shares],
        total_minor=sum(one.gross_minor for one in new.shares),
        vat_minor=sum(one.vat_minor for one in new.shares),
        keep_until=kept_until(today, new.country), made_at=made_at)
    db.session.add(row)
    db.session.flush()
    enqueue("orders.paper", str(row.id), priority=LATER, document_id=row.id)
    announce(DocumentIssued(row.id, row.kind, row.seller_order_id))
    return row


def _next_number(new: Issue, year: int) -> str:
    """The next number nobody has; whoever asks meanwhile waits until this change ends."""
    known = {"issuer": new.issuer, "mode": new.mode, "year": year}
    insert = (sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql).insert
    db.session.execute(insert(NumberSeries).values(**known, next=1).on_conflict_do_nothing())
    while True:
        place = db.session.execute(
            update(NumberSeries).filter_by(**known).values(next=NumberSeries.next + 1)
            .returning(NumberSeries.next).execution_options(synchronize_session=False)
        ).scalar_one() - 1
        number = number_of(new.prefix, new.mode, year, place)
        taken = select(Document.id).where(Document.issuer == new.issuer,
                                          Document.number == number)
        if db.session.scalar(taken) is None:
            return number


def keep_paper(document_id: int, file: str, checksum: str) -> bool:
    """The PDF of a document, once for all; False where it has one. Changes documents."""
    kept = db.session.execute(
        update(Document).where(Document.id == document_id, Document.pdf_file.is_(None))
        .values(pdf_file=file, pdf_sha256=checksum).execution_options(synchronize_session=False))
    return bool(kept.rowcount)  # type: ignore[attr-defined]
