"""How often producers sent on the promised day, handed over to `producers` each night."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Date, Select, func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.figures import wilson
from marketplace.orders.models import DispatchPromise, SellerOrder
from marketplace.producers.actions import keep_fact
from marketplace.producers.queries import Fact

PERIOD_DAYS = 365


def count_dispatch() -> int:
    """Keep dispatch_kept for every producer: parts promised for a day of the last year, sent on
    the day that was promised first or before, of all that were sent or are late. How many.
    Changes producer_facts.
    """
    today = clock.today()
    first = today - timedelta(days=PERIOD_DAYS)
    counts: dict[int, list[int]] = {}
    for producer_id, promised, sent in db.session.execute(
            _first_days(first)):
        if promised is None or (sent is None and promised >= today):
            continue
        own = counts.setdefault(producer_id, [0, 0])
        own[0] += sent is not None and clock.in_zone(sent).date() <= promised
        own[1] += 1
    keep_fact(*(_fact(producer_id, k, n) for producer_id, (k, n) in sorted(counts.items())))
    return len(counts)


def _first_days(since: date) -> Select[int, date | None, datetime | None]:
    """Producer, the day that counts and the day of dispatch of each part: the first day that was
    promised, or the one that the buyer asked for.
    """
    counted = (select(DispatchPromise.promised_on)
               .where(DispatchPromise.seller_order_id == SellerOrder.id)
               .order_by(func.coalesce(DispatchPromise.by_whom, "") != "buyer",
                         DispatchPromise.id).limit(1).scalar_subquery())
    day = func.coalesce(counted, SellerOrder.promised_on, type_=Date())
    return (select(SellerOrder.producer_id, day, SellerOrder.dispatched_at)
            .where(SellerOrder.promised_on > since,
                   SellerOrder.state.in_(("paid", "preparing", "dispatched", "delivered"))))


def _fact(producer_id: int, k: int, n: int) -> Fact:
    today, ends = clock.today(), wilson(k, n)
    return Fact(producer_id, "dispatch_kept", today - timedelta(days=PERIOD_DAYS), today, n, k,
                ends.value, ends.low, ends.high)
