"""Offers from bundles: how long an answer is awaited, and why a price rests. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.checkout.rules.prices import Good, SetOffer, offer_parts

SILENCE_DAYS, PAIR_AUTHORS = 14, 5
OPEN_STATES = ("asked", "running", "paused")


@dataclass(frozen=True, slots=True)
class PartNow:
    """A part of a bundle today; `unit_minor` is None where it has no price any more."""

    producer_id: int
    variant_id: int
    qty: int
    unit_minor: int | None
    available: bool


def set_prices(offer: SetOffer, parts: Sequence[PartNow]) -> tuple[int, int]:
    """What the parts cost one by one, and as the set."""
    goods = [Good(part.producer_id, part.variant_id, part.qty, part.unit_minor or 0,
                  offer.set_key) for part in parts]
    singly = sum(good.single_minor for good in goods)
    return singly, singly - sum(offer_parts(offer, goods))


def rest_reason(offer: SetOffer, parts: Sequence[PartNow], shown: bool) -> str:
    """Why an agreed price rests now: part, changed, singles; "" for nothing.

    It rests if the bundle is not shown or a part cannot be had, if other goods are in it than were
    agreed on, and if the parts cost no more one by one: 34.90 against a set price of 35.00.
    """
    wanted: Mapping[int, int] = offer.items
    if not shown or any(part.unit_minor is None or not part.available for part in parts):
        return "part"
    if {part.variant_id: part.qty for part in parts} != dict(wanted):
        return "changed"
    singly, together = set_prices(offer, parts)
    return "" if together < singly else "singles"


def term_fault(form: str, value: int | None, houses: int, singly_minor: int) -> bool:
    """Whether a producer's term cannot hold: a fixed price is for one producer and below what the
    parts cost one by one; percent in basis points from 0 to 9,000.
    """
    if value is None:
        return True
    if form == "fixed":
        return houses > 1 or not 0 < value < singly_minor
    return form != "percent" or not 0 <= value <= 9_000
