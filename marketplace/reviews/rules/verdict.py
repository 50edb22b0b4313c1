"""How a verdict is shown: from how many answers on as count, fraction or share with interval."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

from marketplace.foundation.figures import Interval, wilson

FRACTION_FROM = 5
SHARE_FROM = 10
ANSWERED_FROM_BUYERS = 5
STARS_FROM = 10
HELPFUL_VOTES = 5
HELPFUL_DAYS = 7

Display = Literal["none", "few", "fraction", "share"]


@dataclass(frozen=True)
class Verdict:
    """What a page says of k yes in n answers of that many buyers."""

    display: Display
    k: int
    n: int
    buyers: int
    percent: int | None
    interval: Interval | None
    answered_shown: bool
    stars_shown: bool


def display_of(n: int) -> Display:
    """Say in which form n answers are shown: none, few (1..4), fraction (5..9), share (from 10)."""
    if n == 0:
        return "none"
    if n < FRACTION_FROM:
        return "few"
    return "fraction" if n < SHARE_FROM else "share"


def percent(k: int, n: int) -> int:
    """Give k of n in whole percent, halves up, but 100 only for all and 0 only for none.

    n > 0.
    """
    rounded = (200 * k + n) // (2 * n)
    if 0 < k < n:
        return min(max(rounded, 1), 99)
    return rounded


def verdict(k: int, n: int, buyers: int = 0, stars_n: int = 0) -> Verdict:
    """Decide what is shown of k yes in n answers; interval and percent only from 10 answers."""
    display = display_of(n)
    full = display == "share"
    return Verdict(
        display=display,
        k=k,
        n=n,
        buyers=buyers,
        percent=percent(k, n) if full else None,
        interval=wilson(k, n) if full else None,
        answered_shown=buyers >= ANSWERED_FROM_BUYERS and n <= buyers,
        stars_shown=stars_n >= STARS_FROM,
    )


def helpful_counts_shown(
    votes: int, age_days: float, from_votes: float = HELPFUL_VOTES,
    from_days: float = HELPFUL_DAYS,
) -> bool:
    """Tell whether counts of helpful votes are shown: from 5 votes and 7 days on.

    Before that they would pull further votes. Source: Muchnik, Aral, Taylor 2013, Science 341.
    """
    return votes >= from_votes and age_days >= from_days


def day_seed(day: date, product_id: int) -> int:
    """Give the number, 0..65520, that shuffles a product's list the same way all day long."""
    digest = hashlib.sha256(f"{day.isoformat()}:{product_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 65521
