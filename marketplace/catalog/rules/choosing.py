"""Which of several variants fits what was asked for, and on which day something leaves. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_CHOICES = 3
WORKDAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant as it can be chosen: its options by name, whether it can be had, its price."""

    variant_id: int
    options: Mapping[str, str]
    can_be_had: bool
    price_minor: int


def _has(one: Choice, name: str, wanted: str) -> bool:
    """Whether an option is as wished; a word of the label is enough."""
    word = wanted.strip().casefold()
    return one.options.get(name, "").casefold() == word or \
        word in one.options.get("label", "").casefold().split()


def closest(rows: Sequence[Choice], wanted: Mapping[str, str]
            ) -> tuple[int | None, Sequence[Choice]]:
    """The one that has everything that was wished, or else up to three that come closest.

    Of several that fit the first that can be had; one that fits and cannot be had is none. The
    closest have most of what was wished, then cost least.
    """
    hits = {one.variant_id: sum(_has(one, n, w) for n, w in wanted.items()) for one in rows}
    for one in rows:
        if hits[one.variant_id] == len(wanted) and one.can_be_had:
            return one.variant_id, ()
    had = [one for one in rows if one.can_be_had]
    ranked = sorted(had, key=lambda one: (-hits[one.variant_id], one.price_minor,
                                          one.variant_id))
    return None, ranked[:MOST_CHOICES]


def dispatch_day(ready: date, working_days: int, open_days: Collection[int] = (),
                 closed: Collection[date] = ()) -> date:
    """The day something leaves: so many days of work after it is ready.

    `open_days` are weekdays, 0 Monday; none named means Monday to Friday. `closed` are free days.
    """
    days, at, left = open_days or WORKDAYS, ready, working_days

    def works(day: date) -> bool:
        return day.weekday() in days and day not in closed

    while left > 0:
        at += timedelta(days=1)
        left -= works(at)
    while not works(at):
        at += timedelta(days=1)
    return at
