"""How long orders are kept: documents to the end of their years, then nobody's name stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.orders.events import BuyerForgotten
from marketplace.orders.models import (
    Complaint,
    ComplaintStep,
    Document,
    Order,
    OrderHistory,
    Parcel,
    Refund,
    SellerOrder,
    Signal,
    Withdrawal,
)
from marketplace.orders.rules.documents import UNPAID_DAYS, may_forget


def drop_documents(limit: int = 200) -> list[str]:
    """Delete documents whose years are over; the files that go with them.

    Corrections go before what they correct. Changes documents.
    """
    rows = db.session.execute(
        select(Document.id, Document.pdf_file).where(Document.keep_until < clock.today())
        .order_by(Document.id.desc()).limit(limit)).all()
    for number, _file in rows:
        db.session.execute(delete(Document).where(Document.id == number))
    return [file for _number, file in rows if file]


def forget_buyers(limit: int = 200) -> list[str]:
    """Take names, addresses and words of buyers off orders whose time is over; the files that go
    with them.

    Changes orders, withdrawals, complaints, signals, refunds, parcels, order_history.
    """
    now = clock.now()
    found = db.session.execute(
        select(Order.id, Order.placed_at, SellerOrder.seller, SellerOrder.paid_at)
        .join(SellerOrder, SellerOrder.order_id == Order.id)
        .where(Order.erased_at.is_(None), Order.placed_at < now - timedelta(days=UNPAID_DAYS),
               ~_kept_by_law(), ~_open_matter())
        .order_by(Order.placed_at, Order.id).limit(limit * 20)).all()
    parts: dict[int, list[tuple[date, str, bool]]] = {}
    for number, placed_at, seller, paid_at in found:
        parts.setdefault(number, []).append(
            (clock.in_zone(placed_at).date(), str(seller.get("country") or "DE"),
             paid_at is not None))
    done = [number for number, rows in parts.items()
            if all(may_forget(*row, clock.today()) for row in rows)][:limit]
    return [file for number in done for file in forget_buyer(number, now)]


def _kept_by_law() -> ColumnElement[bool]:
    """A document of the order is kept."""
    return exists().where(and_(Document.seller_order_id == SellerOrder.id,
                               SellerOrder.order_id == Order.id)).correlate(Order)


def _open_matter() -> ColumnElement[bool]:
    """Money is owed, or something is still talked about."""
    def some(table: Any, *where: Any) -> ColumnElement[bool]:
        return exists().where(table.seller_order_id == SellerOrder.id,
                              SellerOrder.order_id == Order.id, *where).correlate(Order)

    return or_(some(Refund, Refund.state != "done"), some(Complaint, Complaint.state != "closed"),
               some(Withdrawal, Withdrawal.state.in_(("declared", "awaiting_goods",
                                                      "refund_due"))))


def forget_buyer(order_id: int, now: datetime) -> list[str]:
    """What is left of an order says nothing about a person; its files. As `forget_buyers`.

    Announces BuyerForgotten.
    """
    row = db.session.get_one(Order, order_id)
    row.email, row.bill_to, row.buyer_id = "", None, None
    row.ship_to = {"country": row.ship_to.get("country", "")}
    row.buyer_key, row.guest_secret_hash = f"erased-{order_id}", None
    row.network_key, row.look_until, row.erased_at = None, None, now
    db.session.flush()
    mine = list(db.session.scalars(select(SellerOrder.id).where(
        SellerOrder.order_id == order_id)))
    files = _files(mine)
    for table, values in _words():
        db.session.execute(update(table).where(table.seller_order_id.in_(mine)).values(**values)
                           .execution_options(synchronize_session=False))
    db.session.execute(update(ComplaintStep).where(ComplaintStep.complaint_id.in_(
        select(Complaint.id).where(Complaint.seller_order_id.in_(mine)))).values(words="")
        .execution_options(synchronize_session=False))
    db.session.execute(update(OrderHistory).where(OrderHistory.order_id == order_id).values(
        args={}).execution_options(synchronize_session=False))
    announce(BuyerForgotten(order_id))
    return files


def _files(parts: Sequence[int]) -> list[str]:
    """Pictures and papers of buyers."""
    photos = [file for shown in db.session.scalars(select(Complaint.photos).where(
        Complaint.seller_order_id.in_(parts))) for file in shown]
    proofs = db.session.execute(select(Withdrawal.proof_file, Withdrawal.paper_file).where(
        Withdrawal.seller_order_id.in_(parts)))
    notes = db.session.scalars(select(Parcel.note_picture).where(
        Parcel.seller_order_id.in_(parts)))
    return [str(file) for file in (*photos, *(one for row in proofs for one in row), *notes)
            if file]


def _words() -> Sequence[tuple[Any, dict[str, Any]]]:
    """What people wrote about a part, and what it is replaced by."""
    return (
        (Withdrawal, {"name": "", "email": "", "text": "", "order_words": "", "same_key": None,
                      "proof": None, "proof_file": None, "paper_file": None}),
        (Complaint, {"words": "", "photos": []}), (Signal, {"words": None}),
        (Refund, {"words": ""}),
        (Parcel, {"note": "", "note_picture": None, "handed_to": None, "tracking": ""}))
