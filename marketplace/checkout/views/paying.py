"""Ways to pay that every producer of a basket takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.checkout.queries import BasketView
from marketplace.foundation.kept import kept
from marketplace.payments.queries import bank_accounts, ready_at_provider


@dataclass(frozen=True, slots=True)
class Takes:
    """What a producer can be paid by."""

    bank: bool
    card: bool


def takes(producer_ids: Sequence[int]) -> dict[int, Takes]:
    """What each producer takes now. Loads: at most 2 statements."""
    banks = bank_accounts(producer_ids)
    cards = ready_at_provider(producer_ids, current_app.config["ZURUF"].stripe_mode) \
        if "stripe" in doors().payment else frozenset()
    return {maker: Takes(maker in banks, maker in cards) for maker in producer_ids}


def method_name(name: str) -> str:
    """A way to pay in words."""
    return {"bank_transfer": _("Bank transfer to each producer"), "stripe": _("Card"),
            "test_card": _("Test card (demo: no money moves)")}.get(name, "")


def common(view: BasketView, found: dict[int, Takes]) -> list[str]:
    """Ways that every producer of the basket takes, and that fit the sum."""
    names = []
    for name, door in doors().payment.items():
        able = {"bank_transfer": all(one.bank for one in found.values()),
                "stripe": all(one.card for one in found.values())
                and view.total_minor >= door.abilities().min_minor}
        names += [name] if able.get(name, True) else []
    return names


def accepted(view: BasketView) -> list[str]:
    """Ways to pay as words, for the first look. Loads: at most 2 statements a minute."""
    makers = tuple(sorted(part.producer_id for part in view.parts))
    found = kept(("takes", makers), lambda: takes(makers))
    return [method_name(name) for name in common(view, found)]


def methods(view: BasketView) -> list[tuple[str, str, str]]:
    """Ways to pay with who gets the money and when. Loads: at most 2 statements."""
    said = {
        "bank_transfer": (_("Bank transfer"), _(
            "One transfer to each producer, with a code for your banking app; the goods are "
            "kept for seven days.")),
        "stripe": (_("Card"), _(
            "One payment for all, on the page of the payment service; it gives each producer their "
            "part. On your statement stand this marketplace and the order's number; your contracts "
            "are with the producers.")),
        "test_card": (_("Test card"), _("Demo: no money moves."))}
    makers = [part.producer_id for part in view.parts]
    return [(name, *said[name]) for name in common(view, takes(makers)) if name in said]
