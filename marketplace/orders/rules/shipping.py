"""What sending costs. Pure; minor units, grams, pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of a producer's shipping table."""

    method: str
    basis: str
    from_x: int
    to_x: int | None
    minor: int
    free_from_minor: int | None
    handover_age: int
    days_min: int
    days_max: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """What would be sent: pieces, grams, goods after discounts in minor units, age class."""

    units: int
    weight_g: int
    goods_minor: int
    age_class: int = 0


def cost(rate: Rate, parcel: Parcel) -> int | None:
    """What a row asks for this parcel; None if the row is not for it."""
    if rate.handover_age < parcel.age_class and rate.method != "pickup":
        return None
    size = {"flat": 0, "units": parcel.units, "weight_g": parcel.weight_g,
            "goods_minor": parcel.goods_minor}[rate.basis]
    if rate.basis != "flat" and not rate.from_x <= size <= (rate.to_x or size):
        return None
    free = rate.free_from_minor is not None and parcel.goods_minor >= rate.free_from_minor
    return 0 if free else rate.minor


def cheapest(rates: Sequence[Rate], parcel: Parcel) -> tuple[Rate, int] | None:
    """The row that asks least, first of equals; None: not deliverable."""
    offers = [(rate, price) for rate in rates if (price := cost(rate, parcel)) is not None]
    return min(offers, key=lambda offer: offer[1]) if offers else None


def missing_to_free(rate: Rate, parcel: Parcel) -> int | None:
    """How much is missing until sending is free; None if there is no such rule."""
    if rate.free_from_minor is None or parcel.goods_minor >= rate.free_from_minor:
        return None
    return rate.free_from_minor - parcel.goods_minor
