"""Every night: what the payment service says of the day before, beside what our book says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from flask import current_app

from marketplace.adapters.doors import doors
from marketplace.adapters.payment import site_of
from marketplace.adapters.payment.contract import ProviderLine
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job
from marketplace.payments import actions
from marketplace.payments.jobs.moving import door_of
from marketplace.payments.queries.reconciling import facts_between, last_compared
from marketplace.payments.rules.attempts import CARD

AT_ONCE = 200
LATEST = timedelta(hours=1)
"""Our moves of the last hour may be ahead of the provider's lines; they are the next day's."""
AFTER = time(2)
MOST_DAYS = 30


@job("payments.reconcile", every_seconds=3600)
def reconcile() -> None:
    """Every day up to yesterday that was not compared yet, from two in the morning on."""
    now = clock.now()
    if CARD not in doors().payment or now.time() < AFTER:
        return
    yesterday = now.date() - timedelta(days=1)
    last = last_compared() or yesterday - timedelta(days=1)
    db.session.rollback()
    days = min((yesterday - last).days, MOST_DAYS)
    for back in range(days - 1, -1, -1):
        compare_day(yesterday - timedelta(days=back))


def compare_day(on_day: date) -> None:
    """Compare a day; page by page on both sides, never a whole day in memory."""
    begin = datetime.combine(on_day, time(), UTC)
    end = begin + timedelta(days=1)
    lines = found = moves = 0
    for page in _pages(begin, end):
        with committing():
            found += actions.compare_lines(page)
        lines += len(page)
    mode = current_app.config["ZURUF"].stripe_mode
    for facts in facts_between(begin - LATEST, end - LATEST, mode):
        db.session.rollback()
        with committing():
            found += actions.compare_moves(dict(facts))
        moves += len(facts)
    with committing():
        actions.look_again()
        actions.day_compared(on_day, lines, moves, found)


def _pages(begin: datetime, end: datetime) -> Iterator[Sequence[ProviderLine]]:
    """Lines of ours, some at a time; another site's at the same account are left out."""
    site = site_of(current_app.config["ZURUF_URL"])
    ours = (line for line in door_of(CARD).lines(begin, end)
            if line.kind and line.site in ("", site))
    while page := list(islice(ours, AT_ONCE)):
        yield page
