"""Days of dispatch: reminded, broken, moved, and what of it counts as kept."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine

from marketplace.foundation import events
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import reactions
from marketplace.orders.actions import hand_over
from marketplace.orders.actions.figures import count_dispatch
from marketplace.orders.actions.promising import (
    look_for_vanished,
    promise_day,
    remind_sellers,
    tell_broken,
    wait_until,
)
from marketplace.orders.events import PromiseBroken
from marketplace.producers.models import ProducerFact
from tests.cast import Cast
from tests.orders.hands import paid, part

WINE = "riesling-vom-schiefer"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every broken day that is announced."""
    found: list[object] = []
    monkeypatch.setitem(events._reactions, PromiseBroken,
                        (found.append, *reactions()[PromiseBroken]))
    return found


def test_a_broken_day_is_told_once(cast: Cast, told: list[object]) -> None:
    """orders-6: paid Thu 1 Oct 2026 10:00, 2 days: Mon 5 Oct. Reminded on Fri 2 Oct, told on Tue
    6 Oct from 08:00, once; a new day is told by its own mail and breaks on its own.
    """
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=BERLIN), tick=False):
        (one,) = paid(cast, (WINE, 1))
        assert part(one).promised_on == date(2026, 10, 5)
    for moment, reminded, broken in (
            (datetime(2026, 10, 1, 12), 0, 0), (datetime(2026, 10, 2, 9), 1, 0),
            (datetime(2026, 10, 2, 10), 0, 0), (datetime(2026, 10, 5, 20), 0, 0),
            (datetime(2026, 10, 6, 7, 30), 0, 0), (datetime(2026, 10, 6, 8, 1), 0, 1),
            (datetime(2026, 10, 7, 9), 0, 0)):
        with time_machine.travel(moment.replace(tzinfo=BERLIN), tick=False):
            db.session.rollback()
            with committing():
                assert (remind_sellers(), tell_broken()) == (reminded, broken), moment
    assert [e.day for e in told if isinstance(e, PromiseBroken)] == ["2026-10-05"]
    with time_machine.travel(datetime(2026, 10, 7, 10, tzinfo=BERLIN), tick=False):
        for day, why, field in ((date(2026, 10, 6), "Frost", "day"),
                                (date(2026, 10, 9), "", "reason")):
            with pytest.raises(Invalid) as fault, committing():
                promise_day(one, day, why, "Ana")
            assert list(fault.value.faults) == [field]
        with committing():
            promise_day(one, date(2026, 10, 9), "Der Wagen ist kaputt", "Ana")
        with committing():
            assert tell_broken() == 0
    with time_machine.travel(datetime(2026, 10, 12, 9, tzinfo=BERLIN), tick=False), committing():
        assert tell_broken() == 1


def test_the_first_day_decides_what_was_kept(cast: Cast) -> None:
    """orders-7: a later day that was named does not make it kept; one that the buyer asked for
    does. Of two parts one was kept: k = 1, n = 2.
    """
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=BERLIN), tick=False):
        late, asked = paid(cast, (WINE, 1))[0], paid(cast, (WINE, 1))[0]
        with committing():
            promise_day(late, date(2026, 10, 9), "Der Wagen ist kaputt", "Ana")
            wait_until(asked, date(2026, 10, 8))
        assert part(asked).promised_on == date(2026, 10, 8)
    with time_machine.travel(datetime(2026, 10, 8, 10, tzinfo=BERLIN), tick=False):
        with committing():
            hand_over(late, "Ana")
            hand_over(asked, "Ana")
        with committing():
            count_dispatch()
    producer = part(late).producer_id
    fact = db.session.scalars(sa.select(ProducerFact).where(
        ProducerFact.producer_id == producer, ProducerFact.fact == "dispatch_kept")).one()
    assert (fact.k, fact.n) == (1, 2)


def test_a_seller_who_vanished(cast: Cast) -> None:
    """orders 6: seven days after the promise without any act: once; an act stops it."""
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=BERLIN), tick=False):
        gone, busy = paid(cast, (WINE, 1))[0], paid(cast, (WINE, 1))[0]
    with time_machine.travel(datetime(2026, 10, 11, 10, tzinfo=BERLIN), tick=False), committing():
        assert look_for_vanished() == 0
        promise_day(busy, date(2026, 10, 12), "Der Wagen ist kaputt", "Ana")
    with time_machine.travel(datetime(2026, 10, 14, 10, tzinfo=BERLIN), tick=False):
        with committing():
            assert look_for_vanished() == 1
        with committing():
            assert look_for_vanished() == 0
    assert part(gone).vanished_at is not None and part(busy).vanished_at is None
