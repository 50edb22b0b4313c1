"""What people look for and buy together, switch to and talk about: figures of the demand board."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Literal

from marketplace.foundation.figures import Interval, negbin_quantile

SIGNAL_WEIGHTS: dict[str, float] = {
    "search": 1.0,
    "compare": 1.0,
    "request": 2.0,
    "wish": 2.0,
    "notify_me": 2.0,
    "reservation": 4.0,
}
SIGNAL_HALF_LIFE_DAYS = 30.0
LISTED_FROM_PEOPLE = 5
TOGETHER_FROM = 10
SWITCH_FROM = 10
PRIOR_HOURS = 24.0
Z_95 = 1.96
WATCH_HOURS = 168.0
Measure = Literal["reads", "reactions"]
ALERT_FROM: dict[Measure, int] = {"reads": 20, "reactions": 8}
WATCH_SPAN, PRIOR_SPAN = timedelta(hours=WATCH_HOURS), timedelta(days=28)
ONE_ALERT_IN = timedelta(hours=24)
GRACE_MINUTES = 10


@dataclass(frozen=True)
class Demand:
    """How strongly and by how many people something is looked for; listed from five people."""

    score: float
    people: int
    listed: bool


@dataclass(frozen=True)
class Switching:
    """Where buyers of a product went with their next purchase; shares of those who bought."""

    shares: dict[str, float]
    bought: int
    undecided: int


def demand(signals: Iterable[tuple[str, str, float]]) -> Demand:
    """Add up each person's strongest signal; one person searching 50 times is one person.

    signals: (person, kind, age in days). Raises KeyError for an unknown kind.
    """
    strongest: dict[str, float] = {}
    for person, kind, age in signals:
        value = SIGNAL_WEIGHTS[kind] * 2 ** (-max(age, 0.0) / SIGNAL_HALF_LIFE_DAYS)
        strongest[person] = max(value, strongest.get(person, 0.0))
    people = len(strongest)
    return Demand(math.fsum(strongest.values()), people, people >= LISTED_FROM_PEOPLE)


def lift(orders: int, with_a: int, with_b: int, with_both: int) -> Interval:
    """Say how much more often two products share an order than chance would have it.

    1 is chance; log interval from the delta method at 95 %. with_both > 0.
    """
    a, b, c = with_both, with_a - with_both, with_b - with_both
    value = a * orders / (with_a * with_b)
    spread = a * (1 / a - 1 / with_a - 1 / with_b) ** 2
    spread += b / with_a**2 + c / with_b**2 - 1 / orders
    factor = math.exp(Z_95 * math.sqrt(max(spread, 0.0)))
    return Interval(value, value / factor, value * factor)


def goes_together(orders: int, with_a: int, with_b: int, with_both: int) -> bool:
    """Tell whether a pair is listed: ten common orders and a lower end above chance."""
    return with_both >= TOGETHER_FROM and lift(orders, with_a, with_b, with_both).low > 1


def switching(next_purchases: Iterable[str | None]) -> Switching:
    """Share out the next purchases of a product's buyers in its category; None = none yet."""
    counts = Counter(next_purchases)
    undecided = counts.pop(None, 0)
    bought = sum(counts.values())
    shares = {str(name): count / bought for name, count in counts.items()}
    return Switching(shares, bought, undecided)


def difference_in_differences(
    before: float, after: float, control_before: float, control_after: float
) -> float:
    """Give the change beyond that of the control category, in the unit of the counts."""
    return (after - before) - (control_after - control_before)


def incremental_share(new: float, shifted: float) -> float:
    """Give the share of new sales that were not taken from others; new > 0."""
    return 1 - shifted / new


def alert_from(rate: float, seen: int, hours: float, kind: Measure) -> int:
    """Say from how many events in an hour a thread raises an alert; never below 20 reads or 8.

    rate: events an hour of all threads, 28 days, with 24 h weight; seen: own events in the last
    hours (at most 168).
    """
    hours, size = min(hours, WATCH_HOURS), PRIOR_HOURS * rate + seen
    if size <= 0:
        return ALERT_FROM[kind]
    usual = negbin_quantile(size, (PRIOR_HOURS + hours) / (PRIOR_HOURS + hours + 1), 0.99)
    return max(ALERT_FROM[kind], usual + 1)


def share_of_last_hour(minute: float) -> float:
    """What part of the hour of the clock before this one counts to the last sixty minutes.

    minute: how far this hour has come, 0 to 60. What happened at the very end of an hour counts
    in full for ten minutes, so that no rush is cut by the clock.
    """
    return min(1.0, (60 + GRACE_MINUTES - minute) / 60)


def leniency(k: int, n: int, mu: float) -> float:
    """Say how readily a rater says yes: (k + 10 mu) / (n + 10) of the own answers."""
    return (k + 10 * mu) / (n + 10)


def adjusted_share(answers: Sequence[tuple[bool, float]], mu: float) -> float:
    """Give the yes share corrected for lenient raters; shown beside the raw one, never ranked by.

    answers: (again, leniency of the rater), at least one.
    """
    return mu + math.fsum(again - lenient for again, lenient in answers) / len(answers)


def digest(voices: Sequence[tuple[str, bool]], seed: int, size: int = 10) -> list[str]:
    """Draw the week's voices: at least half critical if there are enough, else all critical ones.

    voices: (reference, critical) in a fixed order; the same seed draws the same voices.
    """
    random = Random(seed)  # noqa: S311 - a draw that anybody can repeat, no secret
    critical = [ref for ref, bad in voices if bad]
    others = [ref for ref, bad in voices if not bad]
    wanted = min(len(critical), max((size + 1) // 2, size - len(others)))
    drawn = random.sample(critical, wanted)
    drawn += random.sample(others, min(len(others), size - wanted))
    random.shuffle(drawn)
    return drawn
