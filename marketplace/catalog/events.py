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
class ReductionStarted(Event):
    """A variant costs less than it ever did in 30 days, and says so; minor units."""

    variant_id: int
    product_id: int
    low30_minor: int
    new_minor: int


@dataclass(frozen=True, slots=True)
class ProductStopped(Event):
    """A product, or one lot of it, may not be sold any more; `lot_id` None means all."""

    product_id: int
    lot_id: int | None
    why: str


@dataclass(frozen=True, slots=True)
class StopLifted(Event):
    """A product or one lot of it may be sold again."""

    product_id: int
    lot_id: int | None
    producer_id: int


@dataclass(frozen=True, slots=True)
class ProductPaused(Event):
    """A product waits until its producer has filled in what is missing."""

    product_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class ParticularsMissing(Event):
    """Some published goods lack something that has to be said within 60 days, or they pause."""

    producer_id: int
    count: int


@dataclass(frozen=True, slots=True)
class CreditAsked(Event):
    """A house asks somebody whether it may name them on a product."""

    product_id: int
    person_id: int
    why: str


@dataclass(frozen=True, slots=True)
class LotStarted(Event):
    """A new vintage, batch or edition is on sale."""

    product_id: int
    lot_id: int
    label: str


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


@dataclass(frozen=True, slots=True)
class WatchDue(Event):
    """What somebody waited for is there; they are told exactly once."""

    person_id: int
    product_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class StockLow(Event):
    """Few pieces of a variant are left; told once until it is filled up again."""

    variant_id: int
    product_id: int
    producer_id: int
    available: int
