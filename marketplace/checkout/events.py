"""What happens to baskets."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class BasketLineAdded(Event):
    """Something was put into a basket."""

    variant_id: int
    product_id: int
    person_id: int | None
    kind: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class BasketLineRemoved(Event):
    """Something was taken out."""

    variant_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class DemandSignal(Event):
    """Somebody wants what cannot be had, or cannot be sent to this country."""

    variant_id: int
    product_id: int
    person_id: int | None
    country: str


@dataclass(frozen=True, slots=True)
class CheckoutStepSeen(Event):
    """Somebody came to a step of the checkout for the first time with this basket."""

    step: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class CheckoutFailed(Event):
    """An order was not placed; `reason` is one of a closed list."""

    step: str
    reason: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class OrderedAgain(Event):
    """Goods of an order went into a basket once more."""

    person_id: int | None
    order_id: int
