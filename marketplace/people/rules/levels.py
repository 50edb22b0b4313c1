"""Levels of trust: they open rights of speech and never weigh an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

HOURS_OF_NEWCOMERS, THREADS_READ = timedelta(hours=24), 5
ACTS_DAYS_2, HELPERS_2 = 15, 3
ACTS_DAYS_3, HELPERS_3, DAYS_SEEN = 20, 10, 100
MEASURE_REST, SHAM_REST, GRACE = timedelta(days=90), timedelta(days=90), timedelta(days=14)
POSTS_A_DAY = (3, 30, 100, 100)
LINKS_A_POST = (0, 3, 3, 3)
MENTIONS_A_POST = (0, 5, 5, 5)
FOLLOWS_A_DAY = (10, 100, 200, 200)
"""How much somebody of a level may do; index is the level."""


@dataclass(frozen=True, slots=True)
class Stands:
    """What a level goes by; days are days with at least one act."""

    joined_at: datetime
    threads_read: int = 0
    orders_delivered: int = 0
    acts_days: int = 0
    acts_total: int = 0
    helpers: int = 0
    upheld_at: datetime | None = None
    sham_at: datetime | None = None
    level: int = 0
    below_since: date | None = None


def level_of(one: Stands, now: datetime) -> int:
    """The level somebody has now, 0 to 3.

    Vectors: 23 h 59 and 5 threads -> 0; 24 h and 5 -> 1; 1 h and a delivered order -> 1; acts on 15
    days and helpers 2 -> 1, 3 -> 2; 20 of 100 days and 10 helpers -> 3, 19 -> 2. From 3 somebody
    falls to 2 after 14 days below it; 1 and 2 are kept. Source: the pattern of Discourse, adapted.
    """
    if one.sham_at and now - one.sham_at < SHAM_REST:
        return 0
    if not (one.orders_delivered or one.level or (
            one.threads_read >= THREADS_READ and now - one.joined_at >= HOURS_OF_NEWCOMERS)):
        return 0
    if one.level < 2 and (one.acts_total < ACTS_DAYS_2 or one.helpers < HELPERS_2):
        return 1
    if meets_3(one, now):
        return 3
    waits = one.below_since is None or now.date() - one.below_since < GRACE
    return 3 if one.level == 3 and waits and not measured(one, now) else 2


def meets_3(one: Stands, now: datetime) -> bool:
    """Whether somebody meets what the highest level asks for today."""
    return (one.acts_days >= ACTS_DAYS_3 and one.helpers >= HELPERS_3
            and not measured(one, now))


def measured(one: Stands, now: datetime) -> bool:
    """Whether a measure against somebody was upheld in the last 90 days."""
    return one.upheld_at is not None and now - one.upheld_at < MEASURE_REST


def noted_days(bits: str, until: date, today: date) -> str:
    """The days with acts, with today among them: hexadecimal, the lowest bit is today.

    "1" until yesterday becomes "3" today; days before the last 100 fall out.
    """
    shifted = shifted_days(bits, until, today)
    return f"{int(shifted, 16) | 1:x}"


def shifted_days(bits: str, until: date, today: date) -> str:
    """The same days seen from another today."""
    moved = int(bits or "0", 16) << max(0, (today - until).days)
    return f"{moved & ((1 << DAYS_SEEN) - 1):x}"


def count_days(bits: str, until: date, today: date) -> int:
    """On how many of the last 100 days there were acts."""
    return int(shifted_days(bits, until, today), 16).bit_count()


def opening_level(limits: tuple[int, ...], level: int) -> int | None:
    """The next level at which a limit is wider; None where it is the widest."""
    return next((n for n in range(level + 1, len(limits)) if limits[n] > limits[level]), None)
