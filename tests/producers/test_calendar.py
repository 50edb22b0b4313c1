"""Open hours with public holidays by region, both clock changes, and pauses taken out."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
import time_machine

from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries import answer_due
from marketplace.foundation.database import committing, db
from marketplace.producers.actions import keep_hours
from marketplace.producers.models import Pause, Producer
from marketplace.producers.queries import own_role
from marketplace.producers.queries.hours import calendar_of, open_time
from marketplace.producers.rules import due, elapsed
from marketplace.producers.rules.holidays import is_region, parts_of, public_holidays
from marketplace.producers.rules.hours import days_due
from tests.cast import Cast
from tests.producers.test_rules import at

WORKDAYS = [(day, 9 * 60, 17 * 60) for day in range(5)]


def hours(cast: Cast, windows: list[tuple[int, int, int]], region: str) -> int:
    """Ana's hours and region; the id of her house."""
    role = own_role(cast.id("ana"))
    db.session.rollback()
    with committing():
        keep_hours(role, windows, [], region)
    return role.producer_id


@pytest.mark.parametrize(("region", "due_at", "open_hours"), [
    ("DE-RP", "2027-05-28 16:00", 2), ("DE-NI", "2027-05-27 16:00", 10),
    ("DE", "2027-05-27 16:00", 10), ("", "2027-05-27 16:00", 10)])
def test_holiday_of_the_region_counts_in_no_promise(
    cast: Cast, region: str, due_at: str, open_hours: int
) -> None:
    """producers-4: Corpus Christi, Thu 27 May 2027, is a holiday in Rheinland-Pfalz, not in
    Niedersachsen. Mo-Fr 9-17, 8 h, asked Wed 16:00: one hour on Wed, then seven on Fri or Thu.
    Answered Fri 10:00: 1 + 1 h, or 1 + 8 + 1 h.
    """
    house = hours(cast, WORKDAYS, region)
    assert answer_due(house, at("2027-05-26 16:00")) == at(due_at)
    spent = open_time(house, at("2027-05-26 16:00"), at("2027-05-28 10:00"))
    assert spent == timedelta(hours=open_hours)


def test_clock_changes_are_kept(cast: Cast) -> None:
    """producers-4: the window Su 0-6 is open 7 h on 2027-10-31 and 5 h on 2027-03-28."""
    house = hours(cast, [(6, 0, 6 * 60)], "DE")
    for day, expected in (("2027-10-31", 7), ("2027-03-28", 5)):
        spent = open_time(house, at(f"{day} 00:00"), at(f"{day} 12:00"))
        assert spent == timedelta(hours=expected), day


def test_holidays_are_those_of_the_maintained_library() -> None:
    """Names in the language of the page; a region belongs to its country; unknown ones have none.
    """
    assert public_holidays("DE-RP", 2027)[date(2027, 5, 27)] == "Fronleichnam"
    assert public_holidays("DE-RP", 2027, "en")[date(2027, 5, 27)] == "Corpus Christi"
    assert date(2027, 5, 27) not in public_holidays("DE-NI", 2027)
    assert date(2026, 10, 26) in public_holidays("AT", 2026)
    assert public_holidays("XX", 2026) == {} and public_holidays("DE-XX", 2026) == {}
    assert ("DE-BY", "Bayern") in parts_of("DE") and len(parts_of("DE")) == 16
    assert len(parts_of("AT")) == 9 and not parts_of("FR")
    assert is_region("DE-BY", "DE") and is_region("", "DE") and is_region("FR", "FR")
    assert not is_region("AT-1", "DE") and not is_region("DE-XX", "DE")


def test_region_is_chosen_and_its_days_are_listed(cast: Cast) -> None:
    """Its own country's regions only; the page names the next days; a foreign one is refused."""
    with time_machine.travel("2027-05-20T12:00:00+00:00", tick=False):
        ana, form = cast.browser("ana"), {"open_0": "9-17"}
        assert cast.post(ana, "/studio/hours", region="AT-1", **form).status_code == 422
        assert cast.post(ana, "/studio/hours", region="DE-RP", **form).status_code == 303
        html = ana.get("/studio/hours").get_data(as_text=True)
    assert re.search(r'value="DE-RP"\s+selected', html) and "Rheinland-Pfalz" in html
    assert "Fronleichnam" in html and "27. Mai 2027" in html
    db.session.rollback()
    assert db.session.scalar(db.select(Producer.holiday_region).where(
        Producer.slug == "weingut-kaltbach")) == "DE-RP"


def test_paused_days_count_in_no_promise(cast: Cast) -> None:
    """producers-26: Mo-Fr 9-17, 8 h, asked Mon 1 Feb 2027 12:00: due Tue 12:00. Paused from that
    Monday to Sun 7 Feb: due Mon 8 Feb 17:00. Sold again on Thu 4 Feb: due that day 17:00.
    """
    house = hours(cast, WORKDAYS, "")
    with time_machine.travel(at("2027-02-01 12:00"), tick=False):
        sent = cast.post(cast.browser("cleo"), "/threads/new?about=/producers/weingut-kaltbach",
                         kind="question", title="Wann lest ihr?", words="Ich käme gern.",
                         openness="public", step="send")
        assert sent.status_code == 303
        assert promised() == at("2027-02-02 12:00")
    with time_machine.travel(at("2027-02-01 13:00"), tick=False):
        assert cast.post(cast.browser("ana"), "/studio/pause", until="2027-02-07", words="Lese"
                         ).status_code == 303
        assert promised() == at("2027-02-08 17:00")
    with time_machine.travel(at("2027-02-04 08:00"), tick=False):
        assert cast.post(cast.browser("ana"), "/studio/pause").status_code == 303
        assert promised() == at("2027-02-04 17:00")
    row = db.session.execute(db.select(Pause.from_on, Pause.until_on)).one()
    assert tuple(row) == (date(2027, 2, 1), date(2027, 2, 3))
    shut = calendar_of(house, date(2027, 1, 31), date(2027, 2, 28)).closed
    assert shut == {date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3)}


def promised() -> object:
    """By when cleo's question was to be answered."""
    db.session.rollback()
    return db.session.scalar(db.select(Thread.promised_by).where(
        Thread.title == "Wann lest ihr?"))


def test_without_a_promise_three_open_days_count() -> None:
    """producers 3.6: asked Fri 20 Nov 2026 16:00, Mo-Fr 9-17: the third open day after it closes
    Wed 25 Nov 17:00; with Tue closed Thu 17:00; never open refuses.
    """
    asked = at("2026-11-20 16:00")
    assert days_due(asked, 3, WORKDAYS) == at("2026-11-25 17:00")
    assert days_due(asked, 3, WORKDAYS, closed=[date(2026, 11, 24)]) == at("2026-11-26 17:00")
    with pytest.raises(ValueError, match="never open"):
        days_due(asked, 3, [])


def test_due_and_elapsed_are_quick() -> None:
    """Spec producers 8: at most 0.1 ms each for thirty days; the best of many looks counts."""
    asked, later = at("2026-11-02 12:00"), at("2026-12-02 12:00")
    shut = frozenset(public_holidays("DE-RP", 2026))

    def best(call: object) -> float:
        times = []
        for _look in range(30):
            begin = time.perf_counter()
            call()  # type: ignore[operator]
            times.append(time.perf_counter() - begin)
        return min(times) * 1000

    assert best(lambda: elapsed(asked, later, WORKDAYS, closed=shut)) <= 0.1
    assert best(lambda: due(asked, 170, WORKDAYS, closed=shut)) <= 0.1
