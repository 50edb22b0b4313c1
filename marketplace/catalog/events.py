"""What happens to goods."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ProductPublished(Event):
    """A product can be found and bought."""

    product_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class ProductWaits(Event):
    """A product is ready and goes on sale when its producer has been checked."""

    product_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class ProductChanged(Event):
    """Words, facts or pictures of a product changed."""

    product_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductWithdrawn(Event):
    """A product is sold no longer; its page stays."""

    product_id: int
    why: str


@dataclass(frozen=True, slots=True)
class PriceChanged(Event):
    """A variant costs something else; minor units."""

    variant_id: int
    product_id: int
    old_minor: int
    new_minor: int


@dataclass(frozen=True, slots=True)
class StockChanged(Event):
    """A variant became available or ran out."""

    variant_id: int
    product_id: int
    available: bool


@dataclass(frozen=True, slots=True)
class ProductsImported(Event):
    """Many products came or changed at once."""

    count: int
