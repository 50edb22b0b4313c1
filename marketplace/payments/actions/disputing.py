"""A payer's bank takes money back, and gives it or keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.adapters.payment.contract import Disputed
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.orders.actions import hold_parts, release_parts
from marketplace.orders.models import SellerOrder
from marketplace.payments.actions.ledger import post
from marketplace.payments.actions.recovering import lose, win_back
from marketplace.payments.events import DisputeClosed, DisputeOpened
from marketplace.payments.models import (
    Dispute,
    DisputeFact,
    DisputeShare,
    LedgerMove,
    Payment,
    PaymentPart,
)
from marketplace.payments.models.disputes import OPEN
from marketplace.payments.rules import ledger
from marketplace.payments.rules.commission import shares

HOLD = "dispute"


def keep_disputes(charge: str, seen: Iterable[Disputed]) -> None:
    """How the disputes of a charge stand at the provider now; told twice is done once.

    Changes disputes, dispute_shares, seller_orders, refunds, ledger_moves; announces
    DisputeOpened and DisputeClosed.
    """
    payment = db.session.scalar(select(Payment).where(Payment.charge == charge).with_for_update()
                                .execution_options(populate_existing=True))
    for one in seen if payment is not None else ():
        assert payment is not None
        row = _known(payment, one) or _opened(payment, one)
        row.evidence_until, row.reason = one.until or row.evidence_until, one.reason
        db.session.flush()
        _booked(payment, row, one)
        _moved(payment, row, one.state)


def _known(payment: Payment, seen: Disputed) -> Dispute | None:
    """Those of before carry the number of the message that told of them."""
    return db.session.scalar(
        select(Dispute).where(Dispute.payment_id == payment.id,
                              (Dispute.reference == seen.reference)
                              | Dispute.reference.like("evt%"))
        .order_by(Dispute.reference != seen.reference).limit(1)
        .execution_options(populate_existing=True))


def _opened(payment: Payment, seen: Disputed) -> Dispute:
    row = Dispute(payment_id=payment.id, reference=seen.reference, minor=seen.minor,
                  reason=seen.reason, opened_at=clock.now())
    db.session.add(row)
    db.session.flush()
    parts = _parts(payment.id)
    _share(row, shares(seen.minor, [part.total_minor for part in parts]), parts)
    hold_parts([part.id for part in parts], HOLD)
    announce(DisputeOpened(row.id, payment.order_id, tuple(p.producer_id for p in parts)))
    return row


def _parts(payment_id: int) -> Sequence[SellerOrder]:
    return db.session.scalars(
        select(SellerOrder).join(PaymentPart, PaymentPart.seller_order_id == SellerOrder.id)
        .where(PaymentPart.payment_id == payment_id).order_by(SellerOrder.position)
        .execution_options(populate_existing=True)).all()


def _share(row: Dispute, amounts: Sequence[int], parts: Sequence[SellerOrder]) -> None:
    for minor, part in zip(amounts, parts, strict=True):
        db.session.merge(DisputeShare(dispute_id=row.id, seller_order_id=part.id, minor=minor))
    db.session.flush()


def _booked(payment: Payment, row: Dispute, seen: Disputed) -> None:
    """What the bank took for now, and what that costs."""
    if seen.taken_minor:
        post(f"dispute-{payment.key}-{row.reference}",
             ledger.disputed(payment.order_id, seen.taken_minor), seen.reference)
    if seen.fee_minor and post(f"dispute-fee-{row.reference}", ledger.dispute_fee(seen.fee_minor),
                               seen.reference):
        row.fee_minor = seen.fee_minor


def _moved(payment: Payment, row: Dispute, state: str) -> None:
    if row.state == state or (row.state not in OPEN and state in OPEN) or (
            row.state, state) in (("won", "lost"), ("answered", "open")):
        return
    before, row.state = row.state, state
    if state == "answered":
        row.answered_at = row.answered_at or clock.now()
    else:
        row.closed_at = clock.now()
    db.session.flush()
    if state not in OPEN:
        _closed(payment, row, before)


def _closed(payment: Payment, row: Dispute, before: str) -> None:
    parts = _parts(payment.id)
    if row.state == "won":
        if before == "lost":
            win_back(row)
        post(f"dispute-in-{row.reference}", ledger.dispute_won(payment.order_id, _taken(row)),
             row.reference)
        others = db.session.scalar(select(Dispute.id).where(
            Dispute.payment_id == payment.id, Dispute.state.in_(OPEN)).limit(1))
        if others is None:
            release_parts([part.id for part in parts], HOLD)
    else:
        lose(payment, row)
    announce(DisputeClosed(row.id, payment.order_id, row.state == "won",
                           tuple(part.producer_id for part in parts)))


def _taken(row: Dispute) -> int:
    """What the bank took; nothing where it only asked."""
    return db.session.scalar(select(LedgerMove.minor).where(
        LedgerMove.reason == "dispute_out",
        LedgerMove.batch.like(f"dispute-%-{row.reference}"))) or 0


def assign_dispute(dispute_id: int, minors: Mapping[int, int], person_id: int, why: str) -> None:
    """On which seller orders a dispute falls, as a named person decided, while it is open.

    Raises Invalid, Conflict. Changes dispute_shares; announces OperatorActed.
    """
    row = db.session.get_one(Dispute, dispute_id, with_for_update=True, populate_existing=True)
    if row.state not in OPEN:
        raise Conflict(_("The bank has decided already."))
    parts = _parts(row.payment_id)
    amounts = [minors.get(part.id, 0) for part in parts]
    if sum(amounts) != row.minor or any(
            not 0 <= minor <= part.total_minor
            for minor, part in zip(amounts, parts, strict=True)):
        raise Invalid({"shares": _("The shares have to come to the disputed amount, none more "
                                   "than that part of the order.")})
    if not why.strip():
        raise Invalid({"why": _("Please say why, in a sentence.")})
    _share(row, amounts, parts)
    announce(OperatorActed(person_id, "dispute.assign", "dispute", row.id, why.strip()[:300]))


def tell_facts(dispute_id: int, producer_id: int, name: str, words: str) -> None:
    """A house adds what it knows, while the dispute is open. Raises Invalid, Conflict.

    Changes dispute_facts.
    """
    row = db.session.get_one(Dispute, dispute_id, populate_existing=True)
    if row.state != "open":
        raise Conflict(_("The answer was sent already."))
    if not words.strip():
        raise Invalid({"words": _("Please write what you know of it.")})
    _fact(row.id, producer_id, name, words.strip()[:2000])


def release_words(dispute_id: int, producer_id: int, name: str, words: str) -> None:
    """A house gives what it and the buyer wrote to each other, as it is now. Raises Conflict.

    Changes dispute_facts.
    """
    row = db.session.get_one(Dispute, dispute_id, populate_existing=True)
    known = db.session.scalar(select(DisputeFact.id).where(
        DisputeFact.dispute_id == row.id, DisputeFact.producer_id == producer_id,
        DisputeFact.words == words))
    if row.state != "open" or not words or known is not None:
        raise Conflict(_("There is nothing new to add."))
    _fact(row.id, producer_id, name, words)


def _fact(dispute_id: int, producer_id: int, name: str, words: str) -> None:
    db.session.add(DisputeFact(dispute_id=dispute_id, producer_id=producer_id, by_name=name[:80],
                               words=words, at=clock.now()))
    db.session.flush()


def dispute_answered(dispute_id: int, person_id: int, name: str) -> None:
    """What we know was handed in. Changes disputes; announces OperatorActed."""
    db.session.execute(
        update(Dispute).where(Dispute.id == dispute_id, Dispute.state == "open")
        .values(state="answered", answered_at=clock.now(), answered_by=name[:80])
        .execution_options(synchronize_session=False))
    announce(OperatorActed(person_id, "dispute.answer", "dispute", dispute_id, ""))
