"""Promises in danger: what has to leave today or on the next working day."""

from __future__ import annotations

from datetime import date, timedelta

import time_machine

from marketplace.dialogue.queries import parts_in_danger
from marketplace.foundation.database import committing, db
from marketplace.orders.models import SellerOrder
from marketplace.producers.models import ClosedDay, Staff
from tests.cast import Cast
from tests.stories.test_circle import order_by

WINE = "riesling-vom-schiefer"
FRIDAY = "2026-11-06T09:00:00+00:00"


def paid(cast: Cast, *promised: date) -> list[str]:
    """Orders that cleo paid, promised for these days; their numbers."""
    numbers = []
    for day in promised:
        number = f"{order_by(cast, cast.browser('cleo'), WINE)}-1"
        assert cast.post(cast.browser("ana"), f"/studio/orders/{number}/paid").status_code == 303
        db.session.rollback()
        with committing():
            db.session.execute(db.update(SellerOrder).where(SellerOrder.number == number)
                               .values(promised_on=day))
        numbers.append(number)
    return numbers


def test_today_and_the_next_working_day_are_in_danger(cast: Cast) -> None:
    """producers 4: on Friday what is late, of today and of Monday; of Tuesday not; with Monday
    closed Tuesday too; what was handed over is none of it.
    """
    day = date(2026, 11, 6)
    with time_machine.travel(FRIDAY, tick=False):
        late, now, monday, tuesday = paid(cast, *(day + timedelta(days=n) for n in (-2, 0, 3, 4)))
        house = cast.goods(WINE).producer_id
        assert [row[0] for row in parts_in_danger(house, day)] == [late, now, monday]
        db.session.rollback()
        with committing():
            db.session.add(ClosedDay(producer_id=house, day=day + timedelta(days=3), words=""))
        assert [row[0] for row in parts_in_danger(house, day)] == [late, now, monday, tuesday]
        assert cast.post(cast.browser("ana"), f"/studio/orders/{late}/handed_over",
                         age_check="carrier").status_code == 303
        assert [row[0] for row in parts_in_danger(house, day)] == [now, monday, tuesday]
        assert parts_in_danger(cast.goods("muetze-deichwind").producer_id, day) == []


def test_studio_shows_them_below_what_waits(cast: Cast) -> None:
    """producers 4: after the list of voices, with number and day; nobody without the right of
    orders sees them, and nothing stands there when nothing is in danger.
    """
    with time_machine.travel(FRIDAY, tick=False):
        ana = cast.browser("ana")
        assert "Versprechen in Gefahr" not in ana.get("/studio").get_data(as_text=True)
        number, = paid(cast, date(2026, 11, 9))
        html = ana.get("/studio").get_data(as_text=True)
        part = html.split("Versprechen in Gefahr")[1].split("</ul>")[0]
        assert number in part and "9. Nov" in part
        assert html.index("Wartet auf dich") < html.index("Versprechen in Gefahr")
        house, dan = cast.goods(WINE).producer_id, cast.id("dan")
        db.session.rollback()
        with committing():
            db.session.add(Staff(producer_id=house, person_id=dan, role="editor",
                                 shown_name="Dan", since=date(2026, 1, 1)))
        other = cast.browser("dan").get("/studio").get_data(as_text=True)
        assert "Versprechen in Gefahr" not in other


def test_danger_costs_the_same_for_one_and_for_nine(cast: Cast, statements: list[str]) -> None:
    """Spec producers 8: constant statements; one where nothing is to be sent."""
    house, day = cast.goods(WINE).producer_id, date(2026, 11, 6)
    counts = []
    with time_machine.travel(FRIDAY, tick=False):
        for more in (0, 1, 3):
            paid(cast, *[day] * more)
            db.session.rollback()
            statements.clear()
            parts_in_danger(house, day)
            counts.append(len(statements))
    assert counts == [1, 3, 3]
