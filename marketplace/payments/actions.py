"""Changes of `payments`."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from stdnum import iban as iban_number

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions import mark_paid
from marketplace.orders.models import Order, SellerOrder
from marketplace.payments.events import AccountKept, PaymentPaid
from marketplace.payments.models import BankAccount, Payment, PaymentNotice, PaymentPart
from marketplace.payments.rules import after


def keep_account(producer_id: int, holder: str, iban: str) -> BankAccount:
    """Where a producer's money goes from now on. Raises Invalid. Changes bank_accounts."""
    plain = iban.replace(" ", "").upper()
    if not iban_number.is_valid(plain):
        raise Invalid({"iban": _("The check digits of this IBAN are wrong. Please look again.")})
    if not 1 <= len(holder) <= 70:
        raise Invalid({"holder": _("The holder exactly as the bank knows it, up to 70 signs.")})
    now = clock.now()
    db.session.execute(update(BankAccount).where(
        BankAccount.producer_id == producer_id, BankAccount.replaced_at.is_(None)
    ).values(replaced_at=now))
    row = BankAccount(producer_id=producer_id, holder=holder, iban=plain, valid_from=now)
    db.session.add(row)
    db.session.flush()
    announce(AccountKept(producer_id))
    return row


def begin(order: Order) -> Payment:
    """The next attempt to pay an order; one under way is used again. Changes payments."""
    under_way = db.session.scalar(select(Payment).where(
        Payment.order_id == order.id, Payment.state.in_(("new", "open", "processing"))))
    if under_way is not None:
        return under_way
    attempt = (db.session.scalar(select(func.max(Payment.attempt))
                                 .where(Payment.order_id == order.id)) or 0) + 1
    key = f"pay-{order.number}-{attempt}"
    row = Payment(order_id=order.id, attempt=attempt, key=key, method=order.method,
                  mode=order.mode, total_minor=order.total_minor, currency=order.currency,
                  reference=key, state="open", made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        PaymentPart(payment_id=row.id, seller_order_id=part.id, goods_minor=part.goods_minor,
                    deposit_minor=part.deposit_minor, shipping_minor=part.shipping_minor)
        for part in db.session.scalars(
            select(SellerOrder).where(SellerOrder.order_id == order.id)))
    db.session.flush()
    return row


def take_notice(source: str, event_id: str, kind: str, payment_id: int) -> str:
    """A payment service says something; each event counts once. The new state.

    Changes payment_notices, payments and, when paid, the seller orders; announces PaymentPaid.
    """
    payment = db.session.get(Payment, payment_id, populate_existing=True)
    assert payment is not None
    if db.session.get(PaymentNotice, (source, event_id)) is not None:
        return payment.state
    order = db.session.get(Order, payment.order_id)
    assert order is not None
    now, state = clock.now(), after(payment.state, kind)
    db.session.add(PaymentNotice(
        source=source, event_id=event_id, kind=kind, reference=payment.reference or "",
        order_number=order.number, minor=payment.total_minor, currency=payment.currency,
        received_at=now, handled_at=now, outcome=state))
    first = state == "paid" and payment.state != "paid"
    payment.state = state
    db.session.flush()
    if first:
        _paid(payment)
    return state


def _paid(payment: Payment) -> None:
    for part_id in db.session.scalars(
        select(PaymentPart.seller_order_id).where(PaymentPart.payment_id == payment.id)
        .order_by(PaymentPart.seller_order_id)
    ).all():
        try:
            mark_paid(part_id, "system")
        except Conflict:
            payment.state = "review"
    db.session.flush()
    announce(PaymentPaid(payment.order_id, payment.id))


def money_is_there(part_id: int, name: str) -> bool:
    """A producer saw the transfer on their account. False if it was known. Changes as paid."""
    return mark_paid(part_id, "staff", name)


def begin_again(order_id: int) -> Payment:
    """A new attempt after one that failed. Changes payments."""
    order = db.session.get(Order, order_id)
    assert order is not None
    return begin(order)
