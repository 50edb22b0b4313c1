"""The calendar: dates of groups and houses, seats, waiting list, files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups import jobs
from marketplace.groups.actions.dates import attend, attend_no_more
from marketplace.groups.models import Attendance, Date
from marketplace.notify.models import Letter, Notice
from marketplace.people.models import Person
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, group
from tests.web.circles import date_form


def a_date(cast: Cast, slug: str = OPEN, **form: str) -> str:
    """The page of a new date of a group."""
    made = cast.post(cast.browser("gina"), f"/groups/{slug}/dates/new", **date_form(**form))
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location)


def states(url: str) -> dict[str, list[int]]:
    """People by state, in order."""
    db.session.rollback()
    found: dict[str, list[int]] = {}
    for row in db.session.scalars(db.select(Attendance).where(
            Attendance.date_id == int(url.rsplit("/", 1)[1])).order_by(Attendance.at)):
        found.setdefault(row.state, []).append(row.person_id)
    return found


def test_houses_and_groups_share_one_calendar(cast: Cast, client: FlaskClient) -> None:
    """groups-18: each keeps its own entries; the file of it is valid, times with their zone."""
    own = a_date(cast)
    made = cast.post(cast.browser("ana"), "/studio/dates/new",
                     **date_form(title="Weinlese", kind="harvest", seats="", sign_up=""))
    assert made.status_code == 303
    page = client.get("/calendar").get_data(as_text=True)
    assert "Kellerprobe" in page and "Weinlese" in page and "Weingut Kaltbach" in page
    assert cast.post(cast.browser("ana"), f"{own}/edit", **date_form()).status_code == 403
    assert cast.post(cast.browser("bert"), f"{made.location}/cancel").status_code == 403
    read = Calendar.from_ical(client.get("/calendar.ics").get_data())
    events = {str(e["SUMMARY"]): e for e in read.walk("VEVENT")}
    assert {"Kellerprobe (Weißwein zu Gemüse)", "Weinlese (Weingut Kaltbach)"} == set(events)
    event = events["Kellerprobe (Weißwein zu Gemüse)"]
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [str(z["TZID"]) for z in read.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_dates_of_closed_groups_are_for_members(cast: Cast, client: FlaskClient) -> None:
    """groups-2, groups-25: neither calendar nor file shows them to others."""
    url = a_date(cast, CLOSED, title="Unter uns")
    for path in ("/calendar", "/calendar.ics"):
        assert "Unter uns" not in client.get(path).get_data(as_text=True)
    for path in (url, f"{url}.ics", f"/groups/{CLOSED}/dates", f"/groups/{CLOSED}/dates.ics",
                 f"/groups/{CLOSED}/feed.atom"):
        assert client.get(path).status_code == 404, path
    assert cast.browser("gina").get(f"/groups/{CLOSED}/dates.ics").status_code == 404
    assert "Unter uns" in cast.browser("gina").get("/calendar").get_data(as_text=True)


def many(n: int) -> list[int]:
    """That many people who only have a name."""
    with committing():
        rows = [Person(handle=f"gast-{i}", handle_folded=f"gast-{i}", picture_seed=i, lang="de",
                       joined_on=clock.today()) for i in range(n)]
        db.session.add_all(rows)
        db.session.flush()
        return [row.id for row in rows]


def test_twenty_seats_under_sixty_hands(app: Flask, cast: Cast) -> None:
    """groups-19: 20 come, 40 wait in order; a freed seat goes to the first who waits."""
    url = a_date(cast, seats="20")
    number, guests = int(url.rsplit("/", 1)[1]), many(60)
    db.session.remove()

    def come(person: int) -> str:
        with app.app_context(), app.test_request_context(method="POST"), committing():
            return attend(number, person, False, False)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(come, guests))
    assert sorted(set(answers)) == ["going", "waiting"] and answers.count("going") == 20
    found = states(url)
    assert {state: len(people) for state, people in found.items()} == {"going": 20, "waiting": 40}
    db.session.rollback()
    with committing():
        attend_no_more(number, found["going"][0])
    assert states(url)["offered"] == [found["waiting"][0]]
    assert db.session.scalar(db.select(Date.taken).where(Date.id == number)) == 20
    assert db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == found["waiting"][0])).all() == ["seat_freed"]


def test_an_unconfirmed_seat_goes_on_after_two_days(cast: Cast) -> None:
    """groups-19: 48 hours to confirm, then the next one is asked."""
    url = a_date(cast, seats="1")
    for who in ("cleo", "eva", "dan"):
        cast.post(cast.browser(who), f"{url}/attend")
    cast.post(cast.browser("cleo"), f"{url}/leave")
    assert states(url)["offered"] == [cast.id("eva")]
    with time_machine.travel(clock.now() + timedelta(hours=47), tick=False):
        jobs.dates()
        assert states(url)["offered"] == [cast.id("eva")]
    with time_machine.travel(clock.now() + timedelta(hours=49), tick=False):
        jobs.dates()
        assert states(url)["offered"] == [cast.id("dan")]
        assert cast.post(cast.browser("dan"), f"{url}/attend").status_code == 303
    assert states(url)["going"] == [cast.id("dan")]


def test_who_comes_hears_when_it_moves(cast: Cast) -> None:
    """Spec 6: moved and cancelled dates are told to everybody who comes, by mail as well."""
    url = a_date(cast)
    cast.post(cast.browser("cleo"), f"{url}/attend", remind="1")
    gina = cast.browser("gina")
    assert cast.post(gina, f"{url}/edit", **date_form(title="Anders genannt")).status_code == 303
    assert db.session.scalar(db.select(db.func.count(Letter.id)).where(
        Letter.template == "date")) == 0
    assert cast.post(gina, f"{url}/edit", **date_form(place="Nebenan")).status_code == 303
    assert cast.post(gina, f"{url}/cancel").status_code == 303
    assert cast.post(gina, f"{url}/cancel").status_code == 303
    told = db.session.scalars(db.select(Letter.args).where(Letter.template == "date")).all()
    assert [args["how"] for args in told] == ["moved", "cancelled"]
    assert "Abgesagt" in cast.browser("cleo").get(url).get_data(as_text=True)
    assert cast.post(cast.browser("dan"), f"{url}/attend").status_code == 409


def test_reminded_a_day_before_if_chosen(cast: Cast) -> None:
    """Spec 5: 24 hours before, once, to those who chose it."""
    url = a_date(cast)
    cast.post(cast.browser("cleo"), f"{url}/attend", remind="1")
    cast.post(cast.browser("dan"), f"{url}/attend")
    begins = db.session.scalars(db.select(Date.starts_at)).one()
    with time_machine.travel(begins - timedelta(hours=23), tick=False):
        jobs.dates()
        jobs.dates()
    told = db.session.execute(db.select(Notice.person_id, Notice.count).where(
        Notice.title == "date_tomorrow")).all()
    assert [tuple(row) for row in told] == [(cast.id("cleo"), 1)]


def test_names_are_for_the_organiser_and_by_choice(cast: Cast, client: FlaskClient) -> None:
    """Spec 3.11: who does not tick "show me" is seen by the organiser alone."""
    url = a_date(cast)
    cast.post(cast.browser("cleo"), f"{url}/attend", shown="1")
    cast.post(cast.browser("dan"), f"{url}/attend")
    page, own = (b.get(url).get_data(as_text=True) for b in (client, cast.browser("gina")))
    assert "/members/cleo" in page and "/members/dan" not in page
    assert "/members/dan" in own


@pytest.mark.parametrize(("field", "typed"), [
    ("title", "Nu"), ("kind", "party"), ("starts", "gestern"), ("starts", "2020-01-01T10:00"),
    ("ends", "2020-01-01T10:00"), ("seats", "-3"), ("seats", "99999999"),
    ("time_zone", "Mars/Olympus"),
])
def test_a_faulty_date_keeps_what_was_typed(cast: Cast, field: str, typed: str) -> None:
    """Bad input: a sentence beside the field, nothing lost, nothing kept."""
    said = cast.post(cast.browser("gina"), f"/groups/{OPEN}/dates/new",
                     **date_form(place="In der Scheune", **{field: typed}))
    assert said.status_code == 422
    assert "In der Scheune" in said.get_data(as_text=True)
    assert db.session.scalar(db.select(db.func.count(Date.id))) == 0
    assert group() is not None
