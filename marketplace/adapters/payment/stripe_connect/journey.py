"""The whole way once with a test key, before anybody pays for real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from marketplace.adapters.payment.contract import Bill, BillPart, Refused

if TYPE_CHECKING:
    from marketplace.adapters.payment.stripe_connect.door import StripeConnect

CARD, MINOR = "pm_card_bypassPending", 1000
"""Stripe's test card whose money can be used at once."""


def journey(door: StripeConnect, account: str) -> Iterator[tuple[str, str]]:
    """What was done and what came of it, step by step. Raises OutsideDown, Refused.

    `account`: a completed test account of a producer; without one nothing is handed over.
    """
    if not door.key_is_for_tests:
        raise Refused("live_key", "This needs a test key; with a live one money would move.")
    now = datetime.now(UTC)
    group = f"CHECK{now:%H%M%S}"
    bill = Bill(group, 1, f"pay-{group}-{now.timestamp()}", "EUR", MINOR,
                (BillPart(f"{group}-1", "Check", MINOR),), "check@example.org", "en",
                "https://example.org/", now + timedelta(minutes=45))
    page = door.open_page(bill)
    yield "page", f"{page.reference}, open until {page.until:%H:%M} UTC"
    if door.open_page(bill).reference != page.reference:
        raise Refused("key", "The same key made a second page.")
    yield "same key", "the same page"
    yield "look", door.look(page.reference).state
    yield "close", door.close_page(page.reference).state
    charge = _charge(door, group)
    yield "charge", charge
    yield from _split(door, group, charge, account)
    given = door.refund(charge, MINOR // 2, f"refund-{group}")
    states = {one.reference: one.state for one in door.refunds(charge)}
    yield "refund", f"{given}, {states[given]}"
    yield "disputes", str(len(door.disputes(charge)))
    begin, end = now - timedelta(minutes=5), now + timedelta(hours=1)
    kinds = {line.kind for line in door.lines(begin, end)}
    yield "lines of the account", ", ".join(sorted(kind for kind in kinds if kind)) or "none yet"
    late = door.undelivered(now - timedelta(days=1))
    yield "messages not delivered in a day", str(sum(1 for _one in late))


def _charge(door: StripeConnect, group: str) -> str:
    params: Any = {
        "amount": MINOR, "currency": "eur", "payment_method": CARD, "confirm": True,
        "transfer_group": group,
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    made = door.call(lambda client: client.v1.payment_intents.create(params))
    return str(made.latest_charge)


def _split(door: StripeConnect, group: str, charge: str, account: str
           ) -> Iterator[tuple[str, str]]:
    if not account:
        yield "transfer", "not tried: no house has a ready account in test mode"
        return
    key = f"give-{group}"
    sent = door.hand_over(group, account, charge, MINOR // 2, "EUR", key)
    yield "transfer", sent
    yield "found by its key", str(door.find("transfer", group, key) == sent)
    yield "taken back", door.take_back(sent, MINOR // 2, f"back-{group}")
