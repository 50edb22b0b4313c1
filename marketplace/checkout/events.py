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
