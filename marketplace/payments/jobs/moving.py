"""What moves money at a provider: to the sellers, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from marketplace.adapters.doors import doors
from marketplace.adapters.payment import Refused
from marketplace.adapters.payment.contract import PaymentDoor
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import job
from marketplace.payments import actions
from marketplace.payments.models import Payment
from marketplace.payments.queries import Repaying, disputed, repaying, returning, transfer_of

EMPTY = "balance_insufficient"
"""What providers say where the seller's account has not enough."""
KEYS_TRUSTED = timedelta(hours=20)
"""Providers forget a key after a day; later it is looked up what exists for it, as after every
call whose end is unclear: a stored error would be repeated for the same key.
"""


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
        reference = "" if not found.minor else _once(
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
    the payment is disputed nothing moves; what the bank gave the buyer is only taken back.
    """
    found = repaying(refund_id)
    if found is not None and found.to_hand_over:
        hand_over(found.payment_id, found.part_id)
        found = repaying(refund_id)
    if found is None:
        return
    why_not = ("not_handed_over" if found.to_hand_over else
               "charge_disputed" if not found.dispute and disputed(found.payment_id) else "")
    db.session.rollback()
    if why_not:
        with committing():
            actions.run_failed(refund_id, why_not)
        return
    try:
        _step(refund_id, found)
    except Refused as why:
        with committing():
            actions.run_failed(refund_id, why.reason)
    except OutsideDown:
        with committing():
            actions.unclear_refund(refund_id)
        raise


def _step(refund_id: int, found: Repaying) -> None:
    door = door_of(found.method)
    taken, advanced = _taken(door, found) if found.step == "take_back" else ("", 0)
    if found.dispute:
        with committing():
            actions.recovered(refund_id, taken)
        return
    if found.step == "take_back":
        with committing():
            if advanced:
                actions.advance(refund_id, advanced)
            actions.taken_back(refund_id, taken)
    charge, on_the_way = found.charge or _charge(door, found.payment_id, found.reference), False
    given = found.given
    if not given:
        given = _once(door, "refund", charge, f"refund-{found.code}", found.old,
                      lambda key: door.refund(charge, found.minor, key))
        on_the_way = any(one.reference == given and one.state == "pending"
                         for one in door.refunds(charge))
    with committing():
        (actions.refund_sent if on_the_way else actions.refund_given)(refund_id, given)


def _taken(door: PaymentDoor, found: Repaying) -> tuple[str, int]:
    """Take the seller's share back; what they cannot cover the market advances, if it does so.

    The reference, and what is to be advanced.
    """
    advances = current_app.config["ZURUF"].advance_refunds and not found.dispute
    minor = min(found.take_back_minor, max(0, found.left_minor))
    taken = ""
    try:
        if minor < found.take_back_minor and not advances:
            raise Refused("less_is_left")
        if minor and found.transfer:
            taken = _once(door, "take_back", found.transfer, f"back-{found.code}", found.old,
                          lambda key: door.take_back(found.transfer, minor, key))
    except Refused as why:
        if not advances or why.reason != EMPTY:
            raise
        minor = 0
    return taken, found.take_back_minor - minor


@job("payments.return_dispute")
def return_dispute(refund_id: int) -> None:
    """Give a house again what was recovered for a dispute that is won after all."""
    found = returning(refund_id)
    db.session.rollback()
    if found is None:
        return
    door = door_of(found.method)
    reference = _once(door, "transfer", found.order_number, f"return-{refund_id}", found.tried,
                      lambda key: door.hand_over(found.order_number, found.account or "", "",
                                                 found.minor, found.currency, key))
    with committing():
        actions.returned(refund_id, reference)
