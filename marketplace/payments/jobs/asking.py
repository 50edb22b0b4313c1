"""What a provider tells, and what it is asked."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from marketplace.adapters.payment import Refused, site_of
from marketplace.adapters.payment.contract import PaymentDoor, Standing
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import job
from marketplace.payments import actions
from marketplace.payments.jobs.moving import door_of
from marketplace.payments.models import Payment, ProviderAccount
from marketplace.payments.queries import Silent, expirable, overdue
from marketplace.payments.rules.attempts import CARD


@job("payments.notice")
def notice(source: str, event_id: str) -> None:
    """Apply a kept message."""
    with committing():
        actions.apply_notice(source, event_id, site_of(current_app.config["ZURUF_URL"]))


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
            with committing():
                actions.nobody_answers(row.id)
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
    standing = door_of(CARD).look_account(reference)
    with committing():
        actions.keep_standing(reference, standing)


def _door_of_charge(charge: str) -> PaymentDoor | None:
    """The way a charge was paid by; None for a charge that is not ours."""
    method = db.session.scalar(select(Payment.method).where(Payment.charge == charge))
    db.session.rollback()
    return None if method is None else door_of(method)


@job("payments.disputes")
def disputes(charge: str) -> None:
    """How the disputes of a charge stand now; messages of them carry no state that counts."""
    door = _door_of_charge(charge)
    if door is not None:
        seen = door.disputes(charge)
        with committing():
            actions.keep_disputes(charge, seen)


@job("payments.refunds")
def refunds(charge: str) -> None:
    """How the refunds of a charge stand, those among them that somebody made elsewhere."""
    door = _door_of_charge(charge)
    if door is not None:
        seen = door.refunds(charge)
        with committing():
            actions.keep_refunds(charge, seen)
