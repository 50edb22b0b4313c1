"""Background work of `payments`: everything that asks or tells a provider."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from marketplace.adapters.doors import doors
from marketplace.adapters.payment import Refused, site_of
from marketplace.adapters.payment.contract import PaymentDoor, Standing
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import enqueue, job
from marketplace.payments import actions
from marketplace.payments.actions.commission import bill_commission
from marketplace.payments.models import (
    Payment,
    PaymentNotice,
    ProviderAccount,
    RefundRun,
)
from marketplace.payments.queries import (
    Silent,
    disputed,
    expirable,
    overdue,
    repaying,
    transfer_of,
    waiting,
)

KEYS_TRUSTED = timedelta(hours=20)
"""Providers forget a key after a day; later it is looked up what exists for it, as after every
call whose end is unclear: a stored error would be repeated for the same key.
"""


COUNT_AT_ONCE = 100
"""Entries of a bank statement that are counted in one transaction."""


def door_of(method: str) -> PaymentDoor:
    """The way to pay, as switched on now. Raises KeyError where it is not."""
    found: PaymentDoor = doors().payment[method]
    return found


def _once(door: PaymentDoor, kind: str, within: str, key: str, old: bool,
          act: Callable[[str], str]) -> str:
    """Do something under a key, after a long time only if the provider does not have it."""
    if not old:
        return act(key)
    known = door.find(kind, within, key)
    return known if known is not None else act(f"{key}+{clock.now():%y%m%d%H}")


@job("payments.notice")
def notice(source: str, event_id: str) -> None:
    """Apply a kept message."""
    with committing():
        actions.apply_notice(source, event_id, site_of(current_app.config["ZURUF_URL"]))


@job("payments.hand_over")
def hand_over(payment_id: int, part_id: int) -> None:
    """Give a seller's part to their account; a refusal is kept and tried again every hour."""
    found = transfer_of(payment_id, part_id)
    if found is None:
        return
    db.session.rollback()
    door = door_of(found.method)
    charge = found.charge or _charge(door, payment_id, found.reference)
    try:
        if door.abilities().needs_account and found.account is None:
            raise Refused("no_account")
        reference = _once(
            door, "transfer", found.order_number, f"give-{part_id}-{payment_id}",
            found.tried or clock.now() - found.made_at > KEYS_TRUSTED,
            lambda key: door.hand_over(found.order_number, found.account or "", charge,
                                       found.minor, found.currency, key))
    except Refused as why:
        with committing():
            actions.refused_for_now(payment_id, part_id, why.reason)
        return
    except OutsideDown:
        with committing():
            actions.unclear_transfer(payment_id, part_id)
        raise
    with committing():
        actions.handed_over(payment_id, part_id, reference)


def _charge(door: PaymentDoor, payment_id: int, reference: str) -> str:
    """What a payment's transfers and refunds refer to, asked once."""
    standing = door.look(reference)
    with committing():
        actions.keep_charge(payment_id, standing.charge)
    return standing.charge


@job("payments.fee")
def fee(payment_id: int) -> None:
    """What the provider took; asked again by the sweep while it is not known."""
    row = db.session.get(Payment, payment_id)
    if row is None or row.fee_minor is not None or row.reference is None:
        return
    method, reference = row.method, row.reference
    db.session.rollback()
    standing = door_of(method).look(reference)
    if standing.fee_minor is not None:
        with committing():
            actions.fee_known(payment_id, standing.fee_minor)


@job("payments.refund")
def refund(refund_id: int) -> None:
    """The next step of a refund: take back, then give; a refusal waits.

    What has not left for the seller yet leaves first, else there is nothing to take back; while
    the payment is disputed nothing moves.
    """
    found = repaying(refund_id)
    if found is not None and found.to_hand_over:
        hand_over(found.payment_id, found.part_id)
        found = repaying(refund_id)
    if found is None:
        return
    why_not = ("not_handed_over" if found.to_hand_over else
               "charge_disputed" if disputed(found.payment_id) else "")
    db.session.rollback()
    if why_not:
        with committing():
            actions.run_failed(refund_id, why_not)
        return
    door = door_of(found.method)
    charge = found.charge or _charge(door, found.payment_id, found.reference)
    try:
        if found.step == "take_back":
            reference = (found.transfer and _once(
                door, "take_back", found.transfer, f"back-{found.code}", found.old,
                lambda key: door.take_back(found.transfer, found.take_back_minor, key))) or ""
            with committing():
                actions.taken_back(refund_id, reference)
        reference = _once(door, "refund", charge, f"refund-{found.code}", found.old,
                          lambda key: door.refund(charge, found.minor, key))
    except Refused as why:
        with committing():
            actions.run_failed(refund_id, why.reason)
        return
    except OutsideDown:
        with committing():
            actions.unclear_refund(refund_id)
        raise
    with committing():
        actions.refund_given(refund_id, reference)


@job("payments.ask_again", every_seconds=60)
def ask_again() -> None:
    """Pages nobody spoke of are asked about; pages whose time is over are closed first."""
    with committing():
        rows = overdue()
    trouble: OutsideDown | Refused | None = None
    for row in rows:
        try:
            standing = _standing(row)
        except (OutsideDown, Refused) as why:
            trouble = why
            continue
        with committing():
            actions.keep_look(row.id, standing)
    with committing():
        for part_id in expirable():
            actions.end_unpaid(part_id)
    if trouble is not None:
        raise trouble


def _standing(row: Silent) -> Standing:
    """How a silent attempt stands; whoever was never sent to a page cannot pay on it."""
    if row.no_page:
        return Standing("page_closed" if row.over else "open")
    door = door_of(row.method)
    return door.close_page(row.reference) if row.over else door.look(row.reference)


@job("payments.account")
def account(reference: str) -> None:
    """How the provider sees a producer's account now."""
    known = db.session.scalar(select(ProviderAccount.id).where(
        ProviderAccount.reference == reference))
    db.session.rollback()
    if known is None:
        return
    standing = door_of("stripe").look_account(reference)
    with committing():
        actions.keep_standing(reference, standing)


@job("payments.look_at")
def look_at(what: str, charge: str, minor: int, event_id: str) -> None:
    """A dispute, or a refund somebody made at the provider."""
    with committing():
        actions.note_dispute(what, charge, minor, event_id)


@job("payments.sweep", every_seconds=3600)
def sweep() -> None:
    """Nothing is given up silently: every unfinished run has its job again."""
    with committing():
        for payment_id, part_id in waiting():
            enqueue("payments.hand_over", f"{payment_id} {part_id}", payment_id=payment_id,
                    part_id=part_id)
        for refund_id in db.session.scalars(select(RefundRun.refund_id).where(
                RefundRun.step.in_(("take_back", "refund")), RefundRun.next_at <= clock.now())):
            enqueue("payments.refund", str(refund_id), refund_id=refund_id)
        for row in db.session.execute(select(PaymentNotice.source, PaymentNotice.event_id).where(
                PaymentNotice.handled_at.is_(None))):
            enqueue("payments.notice", f"{row[0]} {row[1]}", source=row[0], event_id=row[1])
        for payment_id in db.session.scalars(select(Payment.id).where(
                Payment.state == "paid", Payment.fee_minor.is_(None),
                Payment.method == "stripe")):
            enqueue("payments.fee", str(payment_id), payment_id=payment_id)


@job("payments.count_statement")
def count_statement(file_id: int) -> None:
    """Count the entries of a bank statement, some at a time, so that nobody waits for long."""
    while True:
        with committing():
            counted = actions.count_entries(file_id, COUNT_AT_ONCE)
        if counted < COUNT_AT_ONCE:
            return


@job("payments.commission", every_seconds=86_400)
def commission() -> None:
    """Invoice the commission of the month before; none while nobody is named as operator."""
    operator = current_app.config["ZURUF"].operator
    if not operator:
        return
    last = clock.today().replace(day=1) - timedelta(days=1)
    with committing():
        bill_commission(operator, last.year, last.month)
