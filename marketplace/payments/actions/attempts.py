"""Attempts to pay: begun, their page, how they stand, and what a first "paid" does."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select, true, update

from marketplace.adapters.payment.contract import Page, Standing
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.orders.actions import credit, expire_part, money_seen, pay_by_transfer
from marketplace.orders.events import MoneyArrived, OrderPlaced
from marketplace.orders.models import Order, SellerOrder
from marketplace.payments.actions.advancing import keep_for_advances
from marketplace.payments.actions.ledger import post
from marketplace.payments.events import PaymentNeedsPerson, PaymentPaid
from marketplace.payments.models import Payment, PaymentPart
from marketplace.payments.rules import ledger
from marketplace.payments.rules.attempts import ASKED_AFTER, CARD, SPLITTING, after
from marketplace.payments.rules.circuit import pause
from marketplace.payments.rules.commission import split

PAGE_LIFE = timedelta(minutes=31)
"""Within what providers allow (30 min to 24 h); as long the goods are kept."""
ALERT_AFTER = timedelta(minutes=60)
LEAST_LIFE = timedelta(minutes=30, seconds=10)


def begin(order: Order) -> Payment:
    """The next attempt to pay an order; one under way is used again.

    Changes payments, payment_parts.
    """
    under_way = db.session.scalar(select(Payment).where(
        Payment.order_id == order.id, Payment.state.in_(("new", "open", "processing"))))
    if under_way is not None:
        return under_way
    attempt = (db.session.scalar(select(func.max(Payment.attempt)).where(
        Payment.order_id == order.id)) or 0) + 1
    return _attempt(order, attempt, SellerOrder.state == "awaiting_payment")


def _attempt(order: Order, attempt: int, which: ColumnElement[bool]) -> Payment:
    """An attempt to pay these parts of an order."""
    key, now = f"pay-{order.number}-{attempt}", clock.now()
    parts = db.session.scalars(select(SellerOrder).where(SellerOrder.order_id == order.id, which)
                               .order_by(SellerOrder.id)
                               .execution_options(populate_existing=True)).all()
    online = order.method in SPLITTING
    row = Payment(order_id=order.id, attempt=attempt, key=key, method=order.method,
                  mode=order.mode, total_minor=sum(part.total_minor for part in parts),
                  currency=order.currency, reference=key, state="new" if online else "open",
                  made_at=now, page_until=now + PAGE_LIFE if online else None)
    db.session.add(row)
    db.session.flush()
    for part in parts:
        shares = split(part.goods_minor, part.deposit_minor, part.shipping_minor,
                       part.commission_bp)
        db.session.add(PaymentPart(
            payment_id=row.id, seller_order_id=part.id, goods_minor=part.goods_minor,
            deposit_minor=part.deposit_minor, shipping_minor=part.shipping_minor,
            commission_minor=shares.commission_minor, transfer_minor=shares.transfer_minor))
    db.session.flush()
    return row


def first_attempt(event: OrderPlaced) -> None:
    """An order is to be paid, all of it; what opens a page elsewhere begins there.

    Changes as `begin`.
    """
    order = db.session.get_one(Order, event.order_id)
    begun = select(Payment.id).where(Payment.order_id == order.id).limit(1)
    if order.method != CARD and db.session.scalar(begun) is None:
        _attempt(order, 1, true())


def begin_page(order_id: int) -> Payment:
    """The attempt whose page is opened now. One that never got a page and is too old for one is
    closed: nobody was ever sent there. Changes as `begin`.
    """
    order = db.session.get_one(Order, order_id, with_for_update=True)
    row = begin(order)
    if row.page_url is None and row.page_until is not None \
            and row.page_until < clock.now() + LEAST_LIFE:
        stands(row.id, "page_closed")
        row = begin(order)
    return row


def begin_again(order_id: int) -> Payment:
    """A new attempt after one that failed. Changes payments."""
    order = db.session.get(Order, order_id)
    assert order is not None
    return begin(order)


def by_transfer_instead(order_id: int, mode: str) -> None:
    """A card order whose pages are all closed is paid by transfer. Raises Conflict, TooMany.

    Changes payments and what `pay_by_transfer` does.
    """
    alive = db.session.scalar(select(Payment.id).where(
        Payment.order_id == order_id,
        Payment.state.in_(("new", "open", "processing", "review"))).limit(1))
    if alive is not None:
        raise Conflict(_("A payment of this order is still on its way. Please look again in a "
                         "moment."))
    pay_by_transfer(order_id, mode)
    begin(db.session.get_one(Order, order_id))


def keep_page(payment_id: int, page: Page) -> None:
    """The provider made a page for an attempt. Changes payments."""
    db.session.execute(
        update(Payment).where(Payment.id == payment_id)
        .values(reference=page.reference, page_url=page.url,
                page_until=page.until or Payment.page_until)
        .execution_options(synchronize_session=False))
    db.session.execute(
        update(Payment).where(Payment.id == payment_id, Payment.state == "new")
        .values(state="open").execution_options(synchronize_session=False))


def locked(payment_id: int) -> Payment:
    """An attempt that nobody else changes meanwhile."""
    return db.session.execute(
        select(Payment).where(Payment.id == payment_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()


def stands(payment_id: int, kind: str, charge: str = "") -> str:
    """An attempt is paid, processing, not_paid, page_closed, or does not fit (mismatch).

    The new state; a first "paid" pays the order's parts. Changes payments, the ledger and, when
    paid, the seller orders; announces PaymentPaid or PaymentNeedsPerson.
    """
    payment = locked(payment_id)
    before, payment.state = payment.state, after(payment.state, kind)
    payment.charge = payment.charge or charge or None
    db.session.flush()
    if kind == "mismatch":
        announce(PaymentNeedsPerson(payment.order_id, payment.id, "mismatch"))
    if payment.state == "paid" and before != "paid":
        _paid(payment)
    return payment.state


def settle(payment_id: int, paid: bool) -> None:
    """A person decided about an attempt that did not fit: paid as agreed, or closed.

    Changes as `stands`.
    """
    payment = locked(payment_id)
    payment.state = "paid" if paid else "closed"
    db.session.flush()
    if paid:
        _paid(payment)


def keep_look(payment_id: int, standing: Standing) -> str:
    """What the provider says when asked; as `stands`. An open page changes nothing."""
    payment = locked(payment_id)
    payment.asked += 1
    if payment.page_until is not None and payment.page_until <= clock.now():
        payment.next_at = clock.now() + pause(payment.asked - len(ASKED_AFTER))
    if standing.state == "open":
        return payment.state
    fits = standing.state != "paid" or (standing.paid_minor, standing.currency) == (
        payment.total_minor, payment.currency)
    return stands(payment_id, standing.state if fits else "mismatch", standing.charge)


def nobody_answers(payment_id: int) -> None:
    """A page's life is over for an hour and it cannot be closed: a person hears of it, once.

    Changes payments; announces PaymentNeedsPerson.
    """
    payment = locked(payment_id)
    if payment.alerted_at is None and payment.page_until is not None \
            and clock.now() - payment.page_until >= ALERT_AFTER:
        payment.alerted_at = clock.now()
        announce(PaymentNeedsPerson(payment.order_id, payment.id, "unreachable"))
        db.session.flush()


def _paid(payment: Payment) -> None:
    """Each part for itself: its money is held, it begins, and it will be handed over."""
    rows = db.session.execute(
        select(PaymentPart, SellerOrder)
        .join(SellerOrder, SellerOrder.id == PaymentPart.seller_order_id)
        .where(PaymentPart.payment_id == payment.id).order_by(PaymentPart.seller_order_id)
        .with_for_update().execution_options(populate_existing=True)).all()
    post(f"paid-{payment.key}", ledger.paid([
        ledger.Part(payment.order_id, part.id, part.producer_id, _sum(share))
        for share, part in rows]), payment.charge or "", payment.currency)
    for share, part in rows:
        waited = part.state in ("awaiting_payment", "cancelled", "expired")
        credit(part.id, _sum(share), "system")
        if waited and part.state == "paid" and payment.method in SPLITTING:
            _share_of(payment, share, part)
            enqueue("payments.hand_over", f"{payment.id} {part.id}", payment_id=payment.id,
                    part_id=part.id)
    db.session.flush()
    if payment.method in SPLITTING:
        enqueue("payments.fee", str(payment.id), payment_id=payment.id)
    announce(PaymentPaid(payment.order_id, payment.id))


def _share_of(payment: Payment, share: PaymentPart, part: SellerOrder) -> None:
    """What is handed over is what the part comes to now: the rest of the payment is owed back.

    Pieces may have been cancelled while the page was open.
    """
    due = split(part.goods_minor, part.deposit_minor, part.shipping_minor, part.commission_bp)
    share.goods_minor, share.deposit_minor = part.goods_minor, part.deposit_minor
    share.shipping_minor, share.transfer_state = part.shipping_minor, "due"
    share.commission_minor, share.transfer_minor = due.commission_minor, due.transfer_minor
    share.netted_minor = keep_for_advances(part.producer_id, payment.mode, due.transfer_minor)


def _sum(share: PaymentPart) -> int:
    return share.goods_minor + share.deposit_minor + share.shipping_minor


def keep_charge(payment_id: int, charge: str) -> None:
    """What transfers and refunds of a payment refer to. Changes payments."""
    db.session.execute(update(Payment).where(Payment.id == payment_id, Payment.charge.is_(None))
                       .values(charge=charge or None)
                       .execution_options(synchronize_session=False))


def book_arrival(event: MoneyArrived) -> None:
    """A transfer went straight to a producer's bank. Changes ledger_moves."""
    method, producer_id = db.session.execute(
        select(Order.method, SellerOrder.producer_id)
        .join(SellerOrder, SellerOrder.order_id == Order.id)
        .where(SellerOrder.id == event.seller_order_id)).one()
    if method == "bank_transfer":
        part = ledger.Part(event.order_id, event.seller_order_id, producer_id, event.minor)
        post(f"direct-{event.seller_order_id}-{event.paid_minor}",
             ledger.paid_directly(part, event.minor))


def end_unpaid(part_id: int) -> None:
    """Nobody paid and no page is open: the goods are free again. Changes as in orders."""
    expire_part(part_id)


def fee_known(payment_id: int, minor: int) -> None:
    """What the provider took. Changes payments, ledger_moves."""
    payment = locked(payment_id)
    payment.fee_minor = minor
    db.session.flush()
    post(f"fee-{payment.key}", ledger.fee(minor), payment.charge or "", payment.currency)


def money_is_there(part_id: int, name: str) -> bool:
    """A producer saw the transfer on their account. False if it was known. Changes as paid."""
    return money_seen(part_id, name)
