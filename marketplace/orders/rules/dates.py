"""Dates that are promised or owed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BOOKED_DAYS = {"bank_transfer": 1}
"""Working days until a refund that was sent is booked: a transfer within one (BGB § 675s(1)), a
card within ten, which is what card issuers take at most by the payment services' own words.
"""
CARD_DAYS = 10
DUE_DAYS, GRACE_DAYS, WITHDRAW_DAYS = 7, 3, 14
PAGE_MINUTES = 32
"""How long goods are kept for somebody who pays on a page: its life and a minute."""


def easter(year: int) -> date:
    """Easter Sunday (Gauss; Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def german_holidays(year: int) -> frozenset[date]:
    """The public holidays all German states share, and their Easter ones."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=n) for n in (-2, 1, 39, 50)}
    fixed = {date(year, 1, 1), date(year, 5, 1), date(year, 10, 3), date(year, 12, 25),
             date(year, 12, 26)}
    return frozenset(moving | fixed)


def is_working(day: date, closed: frozenset[date] = frozenset()) -> bool:
    """Monday to Friday, no public holiday, not closed."""
    return day.weekday() < 5 and day not in german_holidays(day.year) and day not in closed


def promised_on(
    paid: datetime, days: int, cut_off: time = time(12), zone: str = "Europe/Berlin",
    closed: Iterable[date] = (),
) -> date:
    """The n-th working day after day 0: the day of payment, or the next working day when paid
    after the cut-off or on a free day.
    """
    local, shut = paid.astimezone(ZoneInfo(zone)), frozenset(closed)
    day = local.date()
    if local.time() > cut_off or not is_working(day, shut):
        day = next_working(day, shut)
    for _ in range(days):
        day = next_working(day, shut)
    return day


def next_working(day: date, closed: frozenset[date] = frozenset()) -> date:
    """The working day after a day."""
    day += timedelta(days=1)
    while not is_working(day, closed):
        day += timedelta(days=1)
    return day


def withdraw_until(received: date, instructed: bool = True) -> date:
    """Receipt plus 14 days, moved past weekends and holidays (BGB §§ 355, 356, 193);
    twelve months more where the instruction was missing.
    """
    last = received + timedelta(days=WITHDRAW_DAYS)
    if not instructed:
        last = last.replace(year=last.year + 1)
    return last if is_working(last) else next_working(last, frozenset())


def booked_by(method: str, sent_on: date) -> date:
    """The last day on which money that was sent back reaches the buyer's account."""
    day = sent_on
    for _ in range(BOOKED_DAYS.get(method, CARD_DAYS)):
        day = next_working(day)
    return day
