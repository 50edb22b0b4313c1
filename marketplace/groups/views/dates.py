"""The calendar: dates of groups and houses, as a list by week and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Response, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _

from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.groups.models import Date, Group
from marketplace.groups.queries import calendar as dates_to_come
from marketplace.groups.queries import regions
from marketplace.groups.queries.words import Tab, kind_words, seats_words, tabs_of, when_words
from marketplace.groups.rules import may_care
from marketplace.groups.views import pages
from marketplace.groups.views.calendars import as_file
from marketplace.groups.views.entering import readable
from marketplace.people.queries import subjects
from marketplace.producers.queries import cards, roles_of
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date in a list."""

    title: str
    url: str
    lang: str
    when: str
    kind: str
    place: str
    whose: tuple[str, str]
    seats: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The dates of one week."""

    words: str
    rows: Sequence[DateRow]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What takes place, week by week."""

    title: str
    group: tuple[str, str] | None
    tabs: Sequence[Tab]
    weeks: Sequence[Week]
    subjects: Sequence[tuple[str, str]]
    subject: str
    regions: Sequence[tuple[str, str]]
    region: str
    file_url: str
    new_url: str


def whose(rows: Sequence[Date]) -> dict[int, tuple[str, str]]:
    """Name and address of the group or house, by date. Loads: 2 statements."""
    groups = {row.id: row for row in db.session.scalars(
        db.select(Group).where(Group.id.in_([r.group_id for r in rows if r.group_id])))}
    houses = cards({row.producer_id for row in rows if row.producer_id}, current_lang())
    found = {}
    for row in rows:
        if row.group_id:
            group = groups[row.group_id]
            found[row.id] = (group.name, f"/groups/{group.slug}")
        elif row.producer_id:
            house = houses[row.producer_id]
            found[row.id] = (house.name, house.url)
    return found


def weeks_of(rows: Sequence[Date]) -> list[Week]:
    """Dates by the week they begin in, in the time of their place."""
    found: dict[datetime, list[DateRow]] = {}
    names = whose(rows)
    for row in rows:
        local = row.starts_at.astimezone(ZoneInfo(row.time_zone))
        monday = (local - timedelta(days=local.weekday())).replace(
            hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        found.setdefault(monday, []).append(DateRow(
            row.title, f"/dates/{row.id}", row.lang, when_words(row), kind_words(row.kind),
            _("online") if row.online else row.place, names.get(row.id, ("", "")),
            seats_words(row), row.state == "cancelled"))
    return [Week(_("Week of %(day)s", day=format_datetime(monday, "d. MMMM y", rebase=False)
                   if current_lang() == "de" else format_datetime(monday, "d MMMM y",
                                                                  rebase=False)), rows_)
            for monday, rows_ in sorted(found.items())]


@pages.get("/calendar")
def calendar() -> Response:
    """Dates of groups and houses together, by subject and region."""
    return answer("groups/calendar.html", _calendar_page())


@pages.get("/calendar.ics")
def calendar_file() -> Response:
    """The same as a file that calendars follow: dates that everybody may read."""
    rows, _subject, _region = _asked_dates(None)
    return as_file(rows, whose(rows), _("Dates of groups and producers"))


def _asked_dates(me: int | None) -> tuple[Sequence[Date], str, str]:
    subject, region = request.args.get("subject", ""), clean(request.args.get("region")) or ""
    known = {s.slug: s.id for s in subjects()}
    return (dates_to_come(me, subject_id=known.get(subject), region=region[:80]),
            subject if subject in known else "", region[:80])


def _calendar_page() -> CalendarPage:
    rows, subject, region = _asked_dates(viewer_id())
    german = current_lang() == "de"
    me = viewer_id()
    return CalendarPage(
        _("Calendar"), None, (), weeks_of(rows),
        [("", _("all subjects")), *((s.slug, s.name_de if german else s.name_en)
                                    for s in subjects())],
        subject, [("", _("all regions")), *((name, name) for name in regions())], region,
        url_for("groups.calendar_file", subject=subject or None, region=region or None),
        url_for("groups.new_house_date") if me and roles_of(me) else "")


@pages.get("/groups/<slug>/dates")
def dates(slug: str) -> Response:
    """What a group does."""
    card, part = readable(slug)
    rows = dates_to_come(viewer_id(), group_id=card.id)
    page = CalendarPage(
        _("Dates"), (card.name, card.url), tabs_of(card, "dates"), weeks_of(rows), (), "", (), "",
        url_for("groups.dates_file", slug=slug) if card.kind == "open" else "",
        url_for("groups.new_date", slug=slug) if may_care(part) else "")
    return answer("groups/calendar.html", page)


@pages.get("/groups/<slug>/dates.ics")
def dates_file(slug: str) -> Response:
    """The dates of an open group as a file; closed and secret ones have none."""
    card, _part = readable(slug)
    if card.kind != "open":
        raise NotFound(_("There is nothing at this address."))
    rows = dates_to_come(None, group_id=card.id)
    return as_file(rows, whose(rows), card.name)
