"""What a named person decides about money, each with a reason in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.adapters.payment.contract import GivenBack
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.foundation.jobs import enqueue
from marketplace.foundation.money import half_up
from marketplace.orders.actions import owe, refund_moved
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.actions.attempts import locked, settle
from marketplace.payments.actions.ledger import post
from marketplace.payments.actions.refunding import refund_given
from marketplace.payments.events import PaymentNeedsPerson
from marketplace.payments.models import (
    Advance,
    Correction,
    ForeignRefund,
    Payment,
    PaymentNotice,
    PaymentPart,
    RefundRun,
)
from marketplace.payments.rules import ledger

CAUSES = ("complaint", "withdrawal", "cancel")
LEAST_WORDS = 10


def reasoned(why: str) -> str:
    """The reason of a decision. Raises Invalid for none."""
    if len(why.strip()) < LEAST_WORDS:
        raise Invalid({"why": _("Please say why, in a sentence.")})
    return why.strip()[:300]


def decide_review(payment_id: int, paid: bool, person_id: int, why: str) -> None:
    """A payment that did not fit counts as paid as agreed, or is closed. Raises Invalid, Conflict.

    Changes what `stands` does; announces OperatorActed.
    """
    words = reasoned(why)
    if locked(payment_id).state != "review":
        raise Conflict(_("This is settled already."))
    settle(payment_id, paid)
    announce(OperatorActed(person_id, "payment.paid" if paid else "payment.closed", "payment",
                           payment_id, words))


def settle_notice(source: str, event_id: str, person_id: int, why: str) -> None:
    """A message of the wrong mode was looked at; it stays without effect.

    Raises Invalid, Conflict. Changes payment_notices; announces OperatorActed.
    """
    words = reasoned(why)
    moved = db.session.execute(
        update(PaymentNotice).where(
            PaymentNotice.source == source, PaymentNotice.event_id == event_id,
            PaymentNotice.outcome == "wrong_mode", PaymentNotice.settled_at.is_(None))
        .values(settled_at=clock.now()).execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This is settled already."))
    announce(OperatorActed(person_id, "notice.settle", "notice", 0, f"{event_id}: {words}"[:300]))


def keep_refunds(charge: str, seen: Iterable[GivenBack]) -> None:
    """How the refunds of a charge stand; one that nobody of us made waits for a person.

    Changes foreign_refunds, refund_runs, refunds, ledger_moves; announces PaymentNeedsPerson.
    """
    payment = db.session.scalar(select(Payment).where(
        Payment.charge == charge, Payment.state == "paid").with_for_update())
    for one in seen if payment is not None else ():
        assert payment is not None
        refund_id = _ours(payment.id, one)
        if refund_id is not None:
            _told(payment, refund_id, one)
        elif one.state != "failed" and db.session.scalar(select(ForeignRefund.id).where(
                ForeignRefund.reference == one.reference)) is None:
            db.session.add(ForeignRefund(payment_id=payment.id, reference=one.reference,
                                         minor=one.minor, found_at=clock.now()))
            db.session.flush()
            announce(PaymentNeedsPerson(payment.order_id, payment.id, "foreign_refund"))


def _ours(payment_id: int, one: GivenBack) -> int | None:
    code = one.key.removeprefix("refund-") if one.key.startswith("refund-") else ""
    return db.session.scalar(
        select(RefundRun.refund_id).join(Refund, Refund.id == RefundRun.refund_id)
        .where(RefundRun.payment_id == payment_id,
               (RefundRun.refund_reference == one.reference) | (Refund.code == code)).limit(1))


def _told(payment: Payment, refund_id: int, one: GivenBack) -> None:
    run = db.session.get_one(RefundRun, refund_id, populate_existing=True)
    if run.step == "sent" and one.state == "done":
        refund_given(refund_id, one.reference)
    elif run.step == "sent" and one.state == "pending":
        run.next_at = clock.now() + timedelta(days=1)
    elif run.step in ("sent", "done") and one.state == "failed" \
            and run.refund_reference == one.reference:
        run.step, run.trouble, run.next_at = "person", "refund_failed", None
        refund_moved(refund_id, "failed")
        announce(PaymentNeedsPerson(payment.order_id, payment.id, "refund_failed"))
    db.session.flush()


def assign_refund(foreign_id: int, minors: Mapping[int, int], cause: str, person_id: int,
                  name: str, why: str) -> None:
    """A refund made at the provider falls on these seller orders; it is never sent again.

    Raises Invalid, Conflict. Changes foreign_refunds, refunds, refund_runs, jobs; announces.
    """
    words = reasoned(why)
    row = db.session.get_one(ForeignRefund, foreign_id, with_for_update=True,
                             populate_existing=True)
    if row.assigned_at is not None:
        raise Conflict(_("This is settled already."))
    parts = _parts(row.payment_id)
    if sum(minors.get(part.id, 0) for part in parts) != row.minor or cause not in CAUSES:
        raise Invalid({"shares": _("The amounts have to come to what was given back.")})
    for part in parts:
        minor, left = minors.get(part.id, 0), part.paid_minor - part.refunded_minor
        if not 0 <= minor <= left:
            raise Invalid({"shares": _("More than is left of what was paid cannot be given "
                                       "back.")})
        if minor:
            _given(row, part, minor, left, cause, name, words)
    row.assigned_at, row.by_name = clock.now(), name[:80]
    db.session.flush()
    announce(OperatorActed(person_id, "refund.assign", "foreign_refund", row.id, words))


def _given(row: ForeignRefund, part: SellerOrder, minor: int, left: int, cause: str, name: str,
           words: str) -> None:
    goods = part.goods_minor - part.refunded_goods_minor
    refund = owe(part.id, cause, minor, goods_minor=goods if minor == left else
                 min(goods, half_up(goods * minor, left)), words=words, name=name)
    assert refund is not None
    db.session.execute(update(RefundRun).where(RefundRun.refund_id == refund.id)
                       .values(refund_reference=row.reference)
                       .execution_options(synchronize_session=False))


def _parts(payment_id: int) -> Sequence[SellerOrder]:
    return db.session.scalars(
        select(SellerOrder).join(PaymentPart, PaymentPart.seller_order_id == SellerOrder.id)
        .where(PaymentPart.payment_id == payment_id).order_by(SellerOrder.position)
        .execution_options(populate_existing=True)).all()


def try_again(kind: str, payment_id: int, number: int, person_id: int) -> None:
    """What was refused is tried at once: a transfer by its part, a refund by its id.

    Raises Conflict. Changes refund_runs, jobs; announces OperatorActed.
    """
    if kind == "transfer":
        enqueue("payments.hand_over", f"{payment_id} {number}", payment_id=payment_id,
                part_id=number)
    else:
        run = db.session.get_one(RefundRun, number, populate_existing=True)
        if run.step == "done" or run.trouble in ("dispute_part", "refund_failed", "dispute_won"):
            raise Conflict(_("This cannot be tried again."))
        if run.step == "person":
            run.step = "refund" if run.take_back_reference else "take_back"
        run.began_at = run.next_at = clock.now()
        enqueue("payments.refund", str(number), refund_id=number)
    announce(OperatorActed(person_id, f"{kind}.again", kind, number, ""))


def propose_correction(source: str, target: str, minor: int, person_id: int, why: str) -> None:
    """A move that somebody else has to agree to. Raises Invalid. Changes corrections; announces."""
    faults = {name: _("An account of the book, such as held:12 or operator:commission.")
              for name, account in (("source", source), ("target", target))
              if not ledger.is_account(account)}
    if source == target:
        faults["target"] = _("Two different accounts, please.")
    if minor <= 0:
        faults["sum"] = _("An amount above nothing, please.")
    if len(why.strip()) < LEAST_WORDS:
        faults["why"] = _("Please say why, in a sentence.")
    if faults:
        raise Invalid(faults)
    row = Correction(from_account=source, to_account=target, minor=minor, why=why.strip()[:300],
                     proposed_by=person_id, made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(OperatorActed(person_id, "correction.propose", "correction", row.id, row.why))


def decide_correction(correction_id: int, make: bool, person_id: int) -> None:
    """A second person makes a proposed move, or anybody drops it. Raises Conflict.

    Changes corrections, ledger_moves; announces OperatorActed.
    """
    row = db.session.get_one(Correction, correction_id, with_for_update=True,
                             populate_existing=True)
    if row.state != "waiting":
        raise Conflict(_("This is settled already."))
    if make and row.proposed_by == person_id:
        raise Conflict(_("A second person has to agree; you proposed it yourself."))
    row.state, row.decided_by, row.decided_at = (
        "made" if make else "dropped", person_id, clock.now())
    db.session.flush()
    if make:
        post(f"correction-{row.id}", [ledger.Move(
            row.from_account, row.to_account, row.minor, "correction")], f"correction {row.id}")
    announce(OperatorActed(person_id, "correction.make" if make else "correction.drop",
                           "correction", row.id, row.why))


def advance_repaid(refund_id: int, person_id: int, why: str) -> None:
    """The producer sent the rest of a debt another way, says a named person.

    Raises Invalid, Conflict. Changes advances, ledger_moves; announces OperatorActed.
    """
    words = reasoned(why)
    row = db.session.get_one(Advance, refund_id, with_for_update=True, populate_existing=True)
    rest = row.minor - row.back_minor
    if not rest:
        raise Conflict(_("This is settled already."))
    row.back_minor = row.minor
    code = db.session.scalar(select(Refund.code).where(Refund.id == refund_id))
    db.session.flush()
    post(f"repaid-{code}", ledger.advance_back(row.producer_id, rest))
    announce(OperatorActed(person_id, "advance.repaid", "advance", refund_id, words))
