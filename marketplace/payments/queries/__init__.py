"""Reads of `payments`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, Refund, Reservation, SellerOrder
from marketplace.payments.models import (
    AccountChange,
    BankAccount,
    Dispute,
    LedgerMove,
    Payment,
    PaymentPart,
    ProviderAccount,
    RefundRun,
)
from marketplace.payments.models.disputes import OPEN
from marketplace.payments.queries.fees import commission_of
from marketplace.payments.rules.attempts import ASKED_AFTER, SPLITTING
from marketplace.producers.models import Producer, Trader


def bank_accounts(producer_ids: Collection[int]) -> Mapping[int, BankAccount]:
    """Accounts in force by producer. Loads: 1 statement."""
    rows = db.session.scalars(select(BankAccount).where(
        BankAccount.producer_id.in_(list(producer_ids)), BankAccount.replaced_at.is_(None)))
    return {row.producer_id: row for row in rows}


def houses_now(producer_ids: Collection[int]) -> tuple[Mapping[int, BankAccount], int]:
    """Accounts in force by producer, and the commission of today in basis points.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        select(commission_of(clock.today()), BankAccount)
        .select_from(Producer)
        .outerjoin(BankAccount, (BankAccount.producer_id == Producer.id)
                   & BankAccount.replaced_at.is_(None))
        .where(Producer.id.in_(list(producer_ids)))).all()
    return ({row[1].producer_id: row[1] for row in rows if row[1] is not None},
            (rows[0][0] or 0) if rows else 0)


def waiting_change(producer_id: int) -> AccountChange | None:
    """Another account that is not in force yet. Loads: 1 statement."""
    return db.session.scalar(select(AccountChange).where(
        AccountChange.producer_id == producer_id, AccountChange.state == "waiting"))


def unchecked_changes(limit: int = 50) -> Sequence[tuple[AccountChange, str, str]]:
    """Accounts that wait for the check, with the house and its legal name. Loads: 1 statement."""
    return [(row[0], row[1], row[2] or "") for row in db.session.execute(
        select(AccountChange, Producer.name, Trader.legal_name)
        .join(Producer, Producer.id == AccountChange.producer_id)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .where(AccountChange.state == "waiting", AccountChange.checked_at.is_(None))
        .order_by(AccountChange.id).limit(limit))]


def ready_at_provider(producer_ids: Collection[int], mode: str) -> frozenset[int]:
    """Producers whose provider account can receive money. Loads: 1 statement."""
    return frozenset(db.session.scalars(select(ProviderAccount.producer_id).where(
        ProviderAccount.producer_id.in_(list(producer_ids)), ProviderAccount.mode == mode,
        ProviderAccount.state == "ready")))


def provider_account(producer_id: int, mode: str) -> ProviderAccount | None:
    """A producer's account at the payment service. Loads: 1 statement."""
    return db.session.scalar(select(ProviderAccount).where(
        ProviderAccount.producer_id == producer_id, ProviderAccount.mode == mode)
        .execution_options(populate_existing=True))


def last_payment(order_id: int) -> Payment | None:
    """The newest attempt of an order. Loads: 1 statement."""
    return db.session.scalar(select(Payment).where(Payment.order_id == order_id)
                             .order_by(Payment.attempt.desc()).limit(1)
                             .execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class Handing:
    """A part that is to be handed over; `tried` where a try before did not end well."""

    method: str
    reference: str
    charge: str
    order_number: str
    account: str | None
    minor: int
    currency: str
    made_at: datetime
    tried: bool


def transfer_of(payment_id: int, part_id: int) -> Handing | None:
    """What is still to be handed over of a payment's part. Loads: 1 statement."""
    row = db.session.execute(
        select(Payment.method, Payment.reference, Payment.charge, Order.number,
               ProviderAccount.reference,
               PaymentPart.transfer_minor - PaymentPart.netted_minor, Payment.currency,
               Payment.made_at, PaymentPart.transfer_trouble)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(SellerOrder, SellerOrder.id == PaymentPart.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .outerjoin(ProviderAccount, (ProviderAccount.producer_id == SellerOrder.producer_id)
                   & (ProviderAccount.mode == Payment.mode) & (ProviderAccount.state == "ready"))
        .where(PaymentPart.payment_id == payment_id, PaymentPart.seller_order_id == part_id,
               PaymentPart.transfer_state.in_(("due", "refused")))).first()
    if row is None:
        return None
    return Handing(row[0], row[1] or "", row[2] or "", row[3], row[4], row[5], row[6], row[7],
                   bool(row[8]))


def waiting() -> Sequence[tuple[int, int]]:
    """Payment and part of everything that is not handed over yet. Loads: 1 statement."""
    rows = db.session.execute(
        select(PaymentPart.payment_id, PaymentPart.seller_order_id)
        .where(PaymentPart.transfer_state.in_(("due", "refused"))))
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class Repaying:
    """A refund on its way; `old` where the provider may have forgotten its keys, `to_hand_over`
    where the seller's part has not left yet, `given` where somebody gave it elsewhere,
    `left_minor` what of the transfer can be taken back at all.
    """

    payment_id: int
    part_id: int
    to_hand_over: bool
    method: str
    reference: str
    charge: str
    code: str
    step: str
    minor: int
    take_back_minor: int
    left_minor: int
    transfer: str
    old: bool
    dispute: bool
    given: str


def repaying(refund_id: int) -> Repaying | None:
    """The refund's way where a step is still to do. Loads: 1 statement."""
    row = db.session.execute(
        select(RefundRun, Refund, Payment, PaymentPart)
        .join(Refund, Refund.id == RefundRun.refund_id)
        .join(Payment, Payment.id == RefundRun.payment_id)
        .join(PaymentPart, (PaymentPart.payment_id == Payment.id)
              & (PaymentPart.seller_order_id == Refund.seller_order_id))
        .where(RefundRun.refund_id == refund_id, RefundRun.step.in_(("take_back", "refund")))
        .execution_options(populate_existing=True)).first()
    if row is None:
        return None
    run, refund, payment, share = row
    return Repaying(
        payment.id, share.seller_order_id, share.transfer_state in ("due", "refused"),
        payment.method, payment.reference or "", payment.charge or "", refund.code,
        run.step, refund.minor, refund.minor - run.commission_back_minor,
        share.transfer_minor - share.netted_minor - share.taken_back_minor,
        share.transfer_reference or "",
        run.tries > 0 or bool(run.trouble) or clock.now() - run.began_at > timedelta(hours=20),
        run.dispute_id is not None, run.refund_reference or "")


def returning(refund_id: int) -> Handing | None:
    """What was recovered for a dispute and goes back to its house. Loads: 1 statement."""
    row = db.session.execute(
        select(Payment, Order.number, ProviderAccount.reference,
               Refund.minor - RefundRun.commission_back_minor, RefundRun.tries)
        .select_from(RefundRun).join(Payment, Payment.id == RefundRun.payment_id)
        .join(Refund, Refund.id == RefundRun.refund_id)
        .join(Order, Order.id == Payment.order_id)
        .join(SellerOrder, SellerOrder.id == Refund.seller_order_id)
        .outerjoin(ProviderAccount, (ProviderAccount.producer_id == SellerOrder.producer_id)
                   & (ProviderAccount.mode == Payment.mode) & (ProviderAccount.state == "ready"))
        .where(RefundRun.refund_id == refund_id, RefundRun.step == "done")).first()
    return None if row is None else Handing(
        row[0].method, "", row[0].charge or "", row[1], row[2], row[3], row[0].currency,
        row[0].made_at, True)


@dataclass(frozen=True, slots=True)
class Silent:
    """An attempt nobody spoke of; `over` where its page must be closed, `no_page` where it never
    got one that anybody was sent to.
    """

    id: int
    method: str
    reference: str
    over: bool
    no_page: bool


def overdue(limit: int = 50) -> Sequence[Silent]:
    """Attempts to ask about: after 10, 20, 40 minutes, and at the end of their page's life.

    What stays unclear after that waits in growing pauses (`next_at`). Loads: 1 statement.
    """
    now = clock.now()
    late = or_(*((Payment.asked == n) & (Payment.made_at <= now - timedelta(minutes=minutes))
                 for n, minutes in enumerate(ASKED_AFTER)), Payment.page_until <= now)
    rows = db.session.execute(
        select(Payment.id, Payment.method, Payment.reference, Payment.page_until, Payment.state)
        .where(Payment.state.in_(("new", "open", "processing")), Payment.method.in_(SPLITTING),
               late, or_(Payment.next_at.is_(None), Payment.next_at <= now))
        .order_by(Payment.id).limit(limit))
    return [Silent(row[0], row[1], row[2] or "", row[3] is not None and row[3] <= now,
                   row[4] == "new") for row in rows]


def disputed(payment_id: int) -> bool:
    """Whether a dispute about a payment is open. Loads: 1 statement."""
    return db.session.scalar(select(Dispute.id).where(
        Dispute.payment_id == payment_id, Dispute.state.in_(OPEN)).limit(1)) is not None


def expirable(limit: int = 200) -> Sequence[int]:
    """Unpaid parts of online orders whose goods are kept too long, with no page left that could
    still be paid. Loads: 1 statement.
    """
    alive = select(Payment.id).where(
        Payment.order_id == Order.id,
        Payment.state.in_(("new", "open", "processing", "review"))).exists()
    return db.session.scalars(
        select(SellerOrder.id).join(Order, Order.id == SellerOrder.order_id)
        .join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .join(Reservation, Reservation.line_id == OrderLine.id)
        .where(SellerOrder.state == "awaiting_payment", Reservation.state == "held",
               Order.method.in_(SPLITTING), ~alive)
        .group_by(SellerOrder.id).having(func.max(Reservation.until) < clock.now())
        .order_by(SellerOrder.id).limit(limit)).all()


def balance(account: str) -> int:
    """What an account holds by the ledger, in minor units. Loads: 2 statements."""
    came, went = (int(db.session.scalar(select(func.coalesce(func.sum(LedgerMove.minor), 0))
                                        .where(side == account)) or 0)
                  for side in (LedgerMove.to_account, LedgerMove.from_account))
    return came - went


def balances() -> Mapping[str, int]:
    """Every account with what it holds; they sum to nothing. Loads: 2 statements."""
    found: dict[str, int] = {}
    for side, sign in ((LedgerMove.to_account, 1), (LedgerMove.from_account, -1)):
        for name, minor in db.session.execute(select(side, func.sum(LedgerMove.minor))
                                              .group_by(side)):
            found[name] = found.get(name, 0) + sign * int(minor)
    return found
