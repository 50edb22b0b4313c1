"""The way of a refund: the seller gives back, the marketplace gives back, the buyer gets it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import case, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.orders.actions import refund_moved
from marketplace.orders.events import RefundDone, RefundDue
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.actions.ledger import post
from marketplace.payments.events import PaymentNeedsPerson
from marketplace.payments.models import Payment, PaymentPart, RefundRun
from marketplace.payments.rules import ledger
from marketplace.payments.rules.attempts import SPLITTING
from marketplace.payments.rules.commission import commission_back

WAITS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
PERSON_AFTER = timedelta(days=10)


def begin_run(refund_id: int) -> RefundRun | None:
    """Plan the way of a refund of a card payment; None for other ways. Twice is once.

    What came too much or too late is refunded from the newest payment, anything else from the one
    that was handed over. Changes refund_runs, jobs.
    """
    known = db.session.get(RefundRun, refund_id)
    refund = db.session.get_one(Refund, refund_id)
    if known is not None or refund.method not in SPLITTING:
        return known
    spare = refund.cause in ("overpaid", "late_payment")
    found = db.session.execute(
        select(Payment.id, PaymentPart.transfer_state)
        .join(PaymentPart, PaymentPart.payment_id == Payment.id)
        .where(PaymentPart.seller_order_id == refund.seller_order_id, Payment.state == "paid")
        .order_by(case((PaymentPart.transfer_state == "none", 0 if spare else 1), else_=1 if
                       spare else 0), Payment.attempt.desc() if spare else Payment.attempt)
        .limit(1)).first()
    if found is None:
        return None
    part = db.session.get_one(SellerOrder, refund.seller_order_id, populate_existing=True)
    before = part.goods_minor - (part.refunded_goods_minor - refund.goods_minor)
    back = commission_back(before, before - refund.goods_minor, part.commission_bp)
    run = RefundRun(
        refund_id=refund_id, payment_id=found[0], began_at=clock.now(), next_at=clock.now(),
        step="refund" if found[1] == "none" else "take_back",
        commission_back_minor=0 if found[1] == "none" else back)
    db.session.add(run)
    db.session.flush()
    enqueue("payments.refund", str(refund_id), refund_id=refund_id)
    return run


def start_refund(event: RefundDue) -> None:
    """A card's refund begins by itself; for a transfer the producer sends it. As `begin_run`."""
    begin_run(event.refund_id)


def book_refund(event: RefundDone) -> None:
    """A producer sent money back from their own bank. Changes ledger_moves."""
    refund = db.session.get_one(Refund, event.refund_id)
    if refund.method == "bank_transfer":
        post(f"refund-{refund.code}", ledger.refunded_directly(_part_of(refund), refund.minor))


def _part_of(refund: Refund) -> ledger.Part:
    order_id, producer_id = db.session.execute(
        select(SellerOrder.order_id, SellerOrder.producer_id)
        .where(SellerOrder.id == refund.seller_order_id)).one()
    return ledger.Part(order_id, refund.seller_order_id, producer_id, refund.minor)


def taken_back(refund_id: int, reference: str) -> None:
    """The seller gave back their share, the marketplace its commission; the money is held again.

    Changes refund_runs, payment_parts, ledger_moves.
    """
    moved = db.session.execute(
        update(RefundRun).where(RefundRun.refund_id == refund_id, RefundRun.step == "take_back")
        .values(step="refund", take_back_reference=reference, trouble="", tries=0,
                next_at=clock.now()).execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return
    run = db.session.get_one(RefundRun, refund_id, populate_existing=True)
    refund = db.session.get_one(Refund, refund_id)
    part = _part_of(refund)
    minor = refund.minor - run.commission_back_minor - run.advanced_minor
    taken_from(run.payment_id, refund.seller_order_id, minor)
    post(f"back-{refund.code}",
         ledger.refunded(part, refund.minor, run.commission_back_minor, run.advanced_minor)[:-1],
         reference)


def taken_from(payment_id: int, part_id: int, minor: int) -> None:
    """So much more of what was handed over was taken back. Changes payment_parts."""
    db.session.execute(
        update(PaymentPart)
        .where(PaymentPart.payment_id == payment_id, PaymentPart.seller_order_id == part_id)
        .values(taken_back_minor=PaymentPart.taken_back_minor + minor)
        .execution_options(synchronize_session=False))


def refund_sent(refund_id: int, reference: str) -> None:
    """On the way, as the provider has it, but not there yet. Changes refund_runs, refunds."""
    moved = db.session.execute(
        update(RefundRun).where(RefundRun.refund_id == refund_id, RefundRun.step == "refund")
        .values(step="sent", refund_reference=reference, trouble="",
                next_at=clock.now() + timedelta(hours=6))
        .execution_options(synchronize_session=False))
    if moved.rowcount:  # type: ignore[attr-defined]
        refund_moved(refund_id, "sent")


def refund_given(refund_id: int, reference: str) -> None:
    """The buyer has it. Changes refund_runs, ledger_moves, refunds."""
    moved = db.session.execute(
        update(RefundRun).where(RefundRun.refund_id == refund_id,
                                RefundRun.step.in_(("refund", "sent")))
        .values(step="done", refund_reference=reference, trouble="", next_at=None)
        .execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return
    refund = db.session.get_one(Refund, refund_id)
    post(f"refund-{refund.code}", ledger.refunded_from_held(_part_of(refund), refund.minor),
         reference)
    refund_moved(refund_id, "done")


def unclear_refund(refund_id: int) -> None:
    """Nobody knows whether the step was done; it is looked up before the next try.

    Changes refund_runs.
    """
    db.session.execute(update(RefundRun).where(RefundRun.refund_id == refund_id)
                       .values(trouble="unclear").execution_options(synchronize_session=False))


def run_failed(refund_id: int, why: str) -> None:
    """A step was refused: again after an hour, six hours, then daily; a person after ten days.

    Changes refund_runs, refunds; announces PaymentNeedsPerson.
    """
    run = db.session.get_one(RefundRun, refund_id, populate_existing=True)
    run.tries, run.trouble = run.tries + 1, why[:120]
    refund_moved(refund_id, "failed")
    if clock.now() - run.began_at >= PERSON_AFTER:
        run.step, run.next_at = "person", None
        refund = db.session.get_one(Refund, refund_id)
        announce(PaymentNeedsPerson(_part_of(refund).order_id, run.payment_id, "refund"))
    else:
        run.next_at = clock.now() + WAITS[min(run.tries, len(WAITS)) - 1]
    db.session.flush()
