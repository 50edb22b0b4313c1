"""A dispute is lost: what the bank took for good is recovered from those on whom it falls."""

from __future__ import annotations

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.foundation.money import half_up
from marketplace.orders.actions import cancel_part, owe, refund_moved, release_parts
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.actions.ledger import post
from marketplace.payments.actions.refunding import taken_from
from marketplace.payments.models import Dispute, DisputeShare, Payment, RefundRun
from marketplace.payments.rules import ledger

UNDONE = ("take_back", "refund", "person")


def lose(payment: Payment, row: Dispute) -> None:
    """Each house gives its share back, the marketplace its commission on it.

    Changes refunds, refund_runs, dispute_shares, seller_orders, ledger_moves, jobs.
    """
    kept = 0
    for share in db.session.scalars(select(DisputeShare).where(
            DisputeShare.dispute_id == row.id, DisputeShare.minor > 0)
            .order_by(DisputeShare.seller_order_id)).all():
        part = db.session.get_one(SellerOrder, share.seller_order_id, populate_existing=True)
        runs = _waiting(payment.id, part.id, share.minor)
        left = share.minor - sum(refund.minor for _run, refund in runs)
        runs += _owed(part, left)
        share.commission_back_minor = sum(
            run.commission_back_minor for run, _refund in runs if run.step == "take_back")
        kept += share.commission_back_minor
        for run, refund in runs:
            run.dispute_id, run.trouble, run.next_at = row.id, "", clock.now()
            run.step = "take_back" if run.step == "person" else run.step
            enqueue("payments.refund", str(refund.id), refund_id=refund.id)
        db.session.flush()
        _unsent(part.id)
    post(f"dispute-lost-{row.reference}", ledger.commission_recovered(kept), row.reference)


def _waiting(payment_id: int, part_id: int, minor: int) -> list[tuple[RefundRun, Refund]]:
    """Refunds that waited for the bank: the buyer has them now, as far as they fit."""
    found, left = [], minor
    for run, refund in db.session.execute(
            select(RefundRun, Refund).join(Refund, Refund.id == RefundRun.refund_id)
            .where(RefundRun.payment_id == payment_id, Refund.seller_order_id == part_id,
                   RefundRun.step.in_(UNDONE), RefundRun.dispute_id.is_(None))
            .order_by(Refund.id).execution_options(populate_existing=True)):
        if refund.minor <= left:
            found.append((run, refund))
            left -= refund.minor
        else:
            run.step, run.next_at, run.trouble = "person", None, "dispute_part"
    return found


def _owed(part: SellerOrder, minor: int) -> list[tuple[RefundRun, Refund]]:
    """The rest is noted as given back, so that nothing is given twice."""
    left = part.paid_minor - part.refunded_minor
    minor = min(minor, left)
    if not minor:
        return []
    goods = part.goods_minor - part.refunded_goods_minor
    refund = owe(part.id, "dispute", minor,
                 goods_minor=goods if minor == left else min(goods, half_up(goods * minor, left)))
    assert refund is not None
    run = db.session.get(RefundRun, refund.id)
    return [] if run is None else [(run, refund)]


def _unsent(part_id: int) -> None:
    """What was not sent ends where nothing is paid any more, else it goes on."""
    part = db.session.get_one(SellerOrder, part_id, populate_existing=True)
    if part.hold and part.paid_minor == part.refunded_minor:
        cancel_part(part_id, "seller")
    release_parts([part_id], "dispute")


def recovered(refund_id: int, reference: str) -> None:
    """A house gave its share back; the buyer has it from the bank since long.

    Changes refund_runs, refunds, ledger_moves.
    """
    run = db.session.get_one(RefundRun, refund_id, populate_existing=True)
    held = run.step == "refund"
    moved = db.session.execute(
        update(RefundRun).where(RefundRun.refund_id == refund_id,
                                RefundRun.step.in_(("take_back", "refund")))
        .values(step="done", trouble="", next_at=None,
                take_back_reference=reference or RefundRun.take_back_reference)
        .execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        return
    refund = db.session.get_one(Refund, refund_id)
    minor = refund.minor - (0 if held else run.commission_back_minor)
    if reference:
        taken_from(run.payment_id, refund.seller_order_id, minor)
    post(f"recover-{refund.code}", ledger.recovered(_part(refund), minor, held), reference)
    refund_moved(refund_id, "done")


def _part(refund: Refund) -> ledger.Part:
    part = db.session.get_one(SellerOrder, refund.seller_order_id)
    return ledger.Part(part.order_id, part.id, part.producer_id, refund.minor)


def win_back(row: Dispute) -> None:
    """Won after it was lost: what was recovered is returned, what was not is not asked any more.

    Changes refund_runs, jobs, ledger_moves.
    """
    for run in db.session.scalars(select(RefundRun).where(RefundRun.dispute_id == row.id)
                                  .execution_options(populate_existing=True)).all():
        if run.step == "done":
            enqueue("payments.return_dispute", str(run.refund_id), refund_id=run.refund_id)
        else:
            run.step, run.next_at, run.trouble = "person", None, "dispute_won"
    kept = sum(db.session.scalars(select(DisputeShare.commission_back_minor).where(
        DisputeShare.dispute_id == row.id)))
    post(f"dispute-kept-{row.reference}", ledger.commission_returned(kept), row.reference)


def returned(refund_id: int, reference: str) -> None:
    """A house has again what was recovered from it. Changes ledger_moves."""
    refund = db.session.get_one(Refund, refund_id)
    run = db.session.get_one(RefundRun, refund_id)
    post(f"return-{refund.code}",
         ledger.returned(_part(refund), refund.minor - run.commission_back_minor), reference)
