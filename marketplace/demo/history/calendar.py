"""When things happen: growth over two years, times of day, parcels, days until an answer."""

from __future__ import annotations

from typing import Final

import numpy as np

from marketplace.catalog.rules.vocabulary import CATEGORIES
from marketplace.demo.content.kinds import Producer, Product

DAY: Final = 24 * 60
SPAN_DAYS: Final = 780
BUSY_HOURS: Final = (7, 9, 12, 13, 17, 19, 20, 20, 21, 21, 22)
OPINION: Final = {one.slug: one.opinion_after_days for one in CATEGORIES}
SLOW_HOUSE: Final = 0.5
LATEST_ANSWER_DAYS: Final = 40


def order_minutes_ago(
    rng: np.random.Generator, newest_days: float = 0.1, oldest_days: float = SPAN_DAYS
) -> int:
    """A moment between two ages; the nearer to today, the likelier (linear growth)."""
    high, low = 1 - newest_days / SPAN_DAYS, max(0.0, 1 - oldest_days / SPAN_DAYS)
    drawn = np.sqrt(rng.uniform(low**2, high**2))
    days = SPAN_DAYS * (1 - drawn)
    return max(20, int(days * DAY) + int(rng.integers(-90, 90)))


def at_a_human_hour(rng: np.random.Generator, minutes_ago: int, minute_of_day: int) -> int:
    """The age moved by less than a day so that it falls into waking hours.

    `minute_of_day` is the minute of the day at the moment of loading.
    """
    wanted = int(rng.choice(BUSY_HOURS)) * 60 + int(rng.integers(0, 60))
    actual = (minute_of_day - minutes_ago) % DAY
    moved = minutes_ago + (actual - wanted)
    return moved if moved > 0 else moved + DAY


def parcel(rng: np.random.Generator, house: Producer, minutes_ago: int) -> tuple[int, int]:
    """Ages of dispatch and delivery; a negative age lies in the future."""
    pace = 1.9 if house.habit.kept < SLOW_HOUSE else 1.0
    waiting = house.promise.get("dispatch_days", 2) * float(rng.uniform(0.25, 1.05)) * pace
    travelling = float(rng.uniform(0.9, 3.1)) + (2 if house.country != "DE" else 0)
    dispatched = minutes_ago - int(max(waiting, 0.2) * DAY)
    return dispatched, dispatched - int(travelling * DAY)


def answer_minutes_ago(rng: np.random.Generator, product: Product, delivered: int) -> int:
    """The age of an answer to a parcel of this age; a negative age lies in the future."""
    asked = OPINION[product.category]
    days = asked * float(rng.uniform(0.3, 1.0)) + float(rng.exponential(4.0))
    return delivered - int(min(max(days, 3.0), LATEST_ANSWER_DAYS) * DAY)


def lot_window(product: Product, label: str) -> tuple[float, float]:
    """Between which ages (days, newest first) a lot was on sale; the lots share the span evenly."""
    labels = [lot.label for lot in product.lots]
    if label not in labels:
        return 0.1, float(SPAN_DAYS)
    place = len(labels) - 1 - labels.index(label)
    share = SPAN_DAYS / len(labels)
    return max(0.1, place * share), (place + 1) * share


def lot_on_sale(product: Product, minutes_ago: int) -> str:
    """The label of the lot sold at that age; empty where a product has none."""
    for lot in product.lots:
        newest, oldest = lot_window(product, lot.label)
        if newest * DAY <= minutes_ago <= oldest * DAY:
            return lot.label
    return product.lots[-1].label if product.lots else ""
