"""The shapes of what happened. Times are whole minutes before the moment of loading."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.content.kinds import Review
from marketplace.demo.latent import Taste


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """A rating; `review` holds its words if it has any. `feel` is the word of the table."""

    again: bool
    feel: str
    stars: int
    value: bool
    minutes_ago: int
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One product in an order; `fate` is kept, cancelled or withdrawn."""

    product: str
    sku: str
    lot: str
    quantity: int
    fate: str
    answer: AnswerPlan | None


@dataclass(frozen=True, slots=True)
class PartPlan:
    """What one producer sends of an order; None = not yet."""

    producer: str
    dispatched_minutes_ago: int | None
    delivered_minutes_ago: int | None
    lines: tuple[LinePlan, ...]


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """One order of one member."""

    handle: str
    minutes_ago: int
    parts: tuple[PartPlan, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Everything drawn: who buys (in the order of the taste's rows), their orders, oldest first.

    `joined_days_ago` holds every handle, also those who never buy.
    """

    members: tuple[str, ...]
    taste: Taste
    orders: tuple[OrderPlan, ...]
    joined_days_ago: dict[str, int]
