"""One date: what it is, who comes, signing up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.groups.actions import dates as actions
from marketplace.groups.models import Attendance, Date
from marketplace.groups.queries import attendance, coming, date_for, role_in
from marketplace.groups.queries.words import kind_words, seats_words, when_words
from marketplace.groups.rules import may_care, part_of
from marketplace.groups.views import pages
from marketplace.groups.views.calendars import as_file
from marketplace.groups.views.dates import whose
from marketplace.people.queries import lines
from marketplace.producers.queries import roles_of
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment
from marketplace.web.limits import limiter
from marketplace.web.shapes import sign_in_url


@dataclass(frozen=True, slots=True)
class DatePage:
    """One date."""

    title: str
    lang: str
    kind: str
    when: str
    zone: str
    place: str
    online: bool
    words: str
    cost: str
    seats: str
    alcohol: bool
    whose: tuple[str, str]
    state: str
    own: str
    offered_until: str
    attend_url: str
    leave_url: str
    shown: bool
    remind: bool
    sign_in_url: str
    people: Sequence[tuple[Any, str]]
    hidden: int
    edit_url: str
    file_url: str
    report_url: str


def _readable(date_id: int) -> Date:
    row = date_for(date_id, viewer_id())
    if row is None:
        raise NotFound(_("There is no such date."))
    return row


@pages.get("/dates/<int:date_id>")
def date_page(date_id: int) -> Response:
    """What, when, where, how many seats."""
    return answer("groups/date.html", _page(_readable(date_id)))


def _page(row: Date) -> DatePage:
    me = viewer_id()
    organises = me is not None and _organises(row, me)
    mine = attendance(row.id, me) if me else None
    rows = [r for r in coming(row.id) if r.state != "waiting" or organises]
    seen = [r for r in rows if organises or r.shown or r.person_id == me]
    people = lines([r.person_id for r in seen], me)
    open_ = row.sign_up and row.state == "planned" and row.ends_at > clock.now()
    state = mine.state if mine is not None and mine.state != "gone" else ""
    return DatePage(
        row.title, row.lang, kind_words(row.kind), when_words(row), row.time_zone, row.place,
        row.online, row.words, row.cost_words, seats_words(row), row.alcohol,
        whose([row]).get(row.id, ("", "")), row.state, state,
        moment(mine.offered_until) if mine is not None and mine.offered_until else "",
        url_for("groups.attend", date_id=row.id) if open_ and me else "",
        url_for("groups.attend_no_more", date_id=row.id) if state and open_ else "",
        bool(mine and mine.shown), bool(mine and mine.remind),
        sign_in_url() if open_ and not me else "",
        [(people[r.person_id], _state_words(r)) for r in seen if r.person_id in people],
        sum(1 for r in rows if r.state == "going") - sum(1 for r in seen if r.state == "going"),
        url_for("groups.edit_date", date_id=row.id) if organises else "",
        url_for("groups.date_file", date_id=row.id),
        url_for("dialogue.new", about=f"/dates/{row.id}"))


def _organises(row: Date, me: int) -> bool:
    if row.group_id:
        return may_care(part_of(role_in(row.group_id, me), True))
    return any(role.producer_id == row.producer_id for role in roles_of(me))


def _state_words(row: Attendance) -> str:
    return {"going": "", "waiting": _("waits"), "offered": _("has been asked")}[row.state]


@pages.get("/dates/<int:date_id>.ics")
def date_file(date_id: int) -> Response:
    """One date for one's own calendar."""
    row = _readable(date_id)
    return as_file([row], whose([row]), row.title)


@pages.post("/dates/<int:date_id>/attend")
@signed_in
@limiter.limit("60 per hour")
def attend(date_id: int) -> Response:
    """Come, or stand in the waiting list."""
    row = _readable(date_id)
    with committing():
        state = actions.attend(row.id, person_id(), request.form.get("shown") == "1",
                               request.form.get("remind") == "1")
    flash(_("You come. See you there.") if state == "going"
          else _("You stand in the waiting list; you are told when a seat is free."), "good")
    return see_other(f"/dates/{date_id}")


@pages.post("/dates/<int:date_id>/leave")
@signed_in
@limiter.limit("60 per hour")
def attend_no_more(date_id: int) -> Response:
    """Give one's seat back."""
    row = _readable(date_id)
    with committing():
        actions.attend_no_more(row.id, person_id())
    flash(_("Your seat goes to the next one."), "info")
    return see_other(f"/dates/{date_id}")
