"""What stands still or waits, for who watches the market from outside: numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select

from marketplace.foundation import clock
from marketplace.foundation.database import read
from marketplace.foundation.jobs import Job
from marketplace.foundation.jobs.runner import LEASE
from marketplace.foundation.kept import kept
from marketplace.foundation.meters import Figure
from marketplace.orders.models import SellerOrder
from marketplace.orders.models.agreed import SELLER_STATES
from marketplace.payments.models import Payment

SLOW_SECONDS = 60
JOBS = ("later", "due", "running", "dead")
UNDER_WAY = ("new", "open", "processing")


def standing() -> list[Figure]:
    """Jobs, orders and payments at this moment.

    Loads: 3 statements, orders once a minute.
    """
    return [*_jobs(), *kept("orders by state", _orders, SLOW_SECONDS), *_payments()]


def _jobs() -> list[Figure]:
    """How many there are, and for how long the oldest is due or running; done ones are none."""
    now = clock.now()
    state = case((Job.state != "waiting", Job.state), (Job.due_at > now, "later"), else_="due")
    rows = {row[0]: row[1:] for row in read(
        select(state, func.count(), func.min(Job.due_at), func.min(Job.lease_until))
        .where(Job.state.in_(("waiting", "running", "dead"))).group_by(state))}
    nothing = (0, None, None)
    counts = [Figure("zuruf_jobs", "Background jobs by state; later: not due yet.",
                     rows.get(name, nothing)[0], {"state": name}) for name in JOBS]
    since = {"due": rows.get("due", nothing)[1], "running": rows.get("running", nothing)[2]}
    return counts + [
        Figure("zuruf_jobs_oldest_seconds", "For how long the oldest job of a state is in it.",
               _age(now, moment, LEASE.total_seconds() if name == "running" else 0),
               {"state": name}) for name, moment in since.items()]


def _age(now: datetime, moment: datetime | None, ahead: float = 0) -> float:
    """Seconds since a moment that was noted so many seconds ahead; 0 without one."""
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds() + ahead)


def _orders() -> list[Figure]:
    rows = {row[0]: row[1] for row in read(
        select(SellerOrder.state, func.count()).group_by(SellerOrder.state))}
    return [Figure("zuruf_orders", "Orders at one producer each, by state.", rows.get(name, 0),
                   {"state": name}) for name in SELLER_STATES]


def _payments() -> Sequence[Figure]:
    """Attempts of which nobody knows yet how they end."""
    now = clock.now()
    (row,) = read(select(func.count(), func.min(Payment.made_at))
                  .where(Payment.state.in_(UNDER_WAY)))
    return (Figure("zuruf_payments_waiting", "Payments under way whose end is not known.", row[0]),
            Figure("zuruf_payments_waiting_oldest_seconds", "For how long the oldest of them is "
                   "under way.", _age(now, row[1])))
