"""`flask --app wsgi payments`: try the card's way out, apply a message again, catch up."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from marketplace.adapters.doors import doors
from marketplace.adapters.payment import Refused, site_of
from marketplace.adapters.payment.contract import PaymentDoor
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown

payments = AppGroup("payments", help="Cards: check the way, apply messages.")
KEPT_FOR = timedelta(days=30)
"""So long the payment service keeps its messages."""


def _door() -> PaymentDoor:
    door: PaymentDoor | None = doors().payment.get("stripe")
    if door is None:
        raise click.ClickException("cards are not switched on (ZURUF_PAYMENT, ZURUF_STRIPE_KEY)")
    return door


@payments.command("check")
def check() -> None:
    """Go the whole way once with a test key: page, charge, transfer, back, refund, lines."""
    from sqlalchemy import select

    from marketplace.payments.models import ProviderAccount

    door = _door()
    account = db.session.scalar(select(ProviderAccount.reference).where(
        ProviderAccount.mode == "test", ProviderAccount.state == "ready").limit(1)) or ""
    db.session.rollback()
    try:
        for step, words in door.rehearse(account):
            click.echo(f"ok   {step}: {words}")
    except (Refused, OutsideDown) as fault:
        raise click.ClickException(f"stopped: {fault}") from fault
    click.echo("The whole way works.")


@payments.command("replay")
@click.argument("event_id")
@click.option("--source", default="stripe")
def replay(event_id: str, source: str) -> None:
    """Apply a kept message again; what it did before it does not do twice."""
    from marketplace.payments.actions import apply_notice
    from marketplace.payments.queries.matters import notice_of

    if notice_of(source, event_id) is None:
        raise click.ClickException(f"no message {event_id} of {source} is kept here")
    db.session.rollback()
    with committing():
        outcome = apply_notice(source, event_id, site_of(current_app.config["ZURUF_URL"]),
                               again=True)
    click.echo(f"{event_id}: {outcome}")


@payments.command("catch-up")
@click.option("--look", is_flag=True, help="List only, take nothing.")
def catch_up(look: bool) -> None:
    """List what the payment service could not tell us, and take what is not here yet."""
    from marketplace.payments.actions import take_notice

    seen = taken = 0
    for notice in _door().undelivered(clock.now() - KEPT_FOR):
        if not notice.kind:
            continue
        seen += 1
        click.echo(f"{notice.created_at:%Y-%m-%d %H:%M} {notice.event_id} {notice.kind} "
                   f"{notice.order_number}")
        if not look:
            with committing():
                taken += take_notice("stripe", notice)
    click.echo(f"{seen} not delivered, {taken} taken; jobs apply them")
