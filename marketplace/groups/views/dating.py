"""Putting dates into the calendar, changing and cancelling them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups.actions.dates import NewDate, add_date, cancel_date, change_date
from marketplace.groups.models import Date
from marketplace.groups.queries import date_for, role_in
from marketplace.groups.queries.words import kind_words
from marketplace.groups.rules import may_care, part_of
from marketplace.groups.rules.dates import KINDS, ZONES, at_place
from marketplace.groups.views import pages
from marketplace.groups.views.caring import cared_for
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at, roles_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

FIELDS = ("kind", "title", "words", "starts", "ends", "time_zone", "place", "region", "online",
          "alcohol", "seats", "cost_words", "sign_up")


@dataclass(frozen=True, slots=True)
class DateFormPage:
    """Typing a date."""

    title: str
    back: tuple[str, str]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    kinds: Sequence[tuple[str, str]]
    zones: Sequence[tuple[str, str]]
    cancel_url: str


@pages.get("/groups/<slug>/dates/new")
@signed_in
def new_date(slug: str) -> Response:
    """The form of a date of a group."""
    card = cared_for(slug)
    return _form(_("A new date"), (card.name, card.url),
                 url_for("groups.new_date_post", slug=slug),
                 {"time_zone": ZONES[0], "region": card.region}, {})


@pages.post("/groups/<slug>/dates/new", endpoint="new_date_post")
@signed_in
@limiter.limit("30 per hour")
def new_date_post(slug: str) -> Response:
    """Put a date of a group into the calendar."""
    card, typed = cared_for(slug), _typed()
    try:
        with committing():
            made = add_date(_new(typed), person_id(), group_id=card.id).id
    except Invalid as fault:
        return _form(_("A new date"), (card.name, card.url), request.path, typed, fault.faults, 422)
    flash(_("It stands in the calendar."), "good")
    return see_other(f"/dates/{made}")


@pages.get("/studio/dates/new")
@signed_in
def new_house_date() -> Response:
    """The form of a date of one's house."""
    role = _house()
    return _form(_("A new date"), (role.name, f"/producers/{role.slug}"),
                 url_for("groups.new_house_date_post", producer=role.slug),
                 {"time_zone": ZONES[0]}, {})


@pages.post("/studio/dates/new", endpoint="new_house_date_post")
@signed_in
@limiter.limit("30 per hour")
def new_house_date_post() -> Response:
    """Put a date of one's house into the calendar."""
    role, typed = _house(), _typed()
    try:
        with committing():
            made = add_date(_new(typed), person_id(), producer_id=role.producer_id).id
    except Invalid as fault:
        return _form(_("A new date"), (role.name, f"/producers/{role.slug}"),
                     url_for("groups.new_house_date_post", producer=role.slug), typed,
                     fault.faults, 422)
    flash(_("It stands in the calendar."), "good")
    return see_other(f"/dates/{made}")


def _house() -> Role:
    """The house that is meant, where this person may write for it. Raises NotFound, NotYours."""
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "texts")
    return role


def _typed() -> dict[str, str]:
    return {name: clean(request.form.get(name)) or "" for name in FIELDS}


def _new(typed: Mapping[str, str]) -> NewDate:
    """What was typed as a date. Raises Invalid where a time cannot be read."""
    starts, ends = (at_place(typed[name], typed["time_zone"]) for name in ("starts", "ends"))
    seats = typed["seats"]
    faults = {}
    if starts is None:
        faults["starts"] = _("Please name a day and a time.")
    if ends is None:
        faults["ends"] = _("Please name a day and a time.")
    if seats and not (seats.isascii() and seats.isdigit() and len(seats) <= 6):
        faults["seats"] = _("1 to 10,000 seats, or leave it empty.")
    if faults or starts is None or ends is None:
        raise Invalid(faults)
    return NewDate(
        typed["kind"], typed["title"], typed["words"][:4000], current_lang(), starts, ends,
        typed["time_zone"], typed["place"][:160], typed["region"][:80], typed["online"] == "1",
        typed["alcohol"] == "1", int(seats) if seats else None, typed["cost_words"][:120],
        typed["sign_up"] == "1")


def _form(title: str, back: tuple[str, str], url: str, typed: Mapping[str, str],
          faults: Mapping[str, str], status: int = 200, cancel_url: str = "") -> Response:
    named = {"starts_at": "starts", "ends_at": "ends"}
    page = DateFormPage(title, back, url, typed,
                        {named.get(name, name): words for name, words in faults.items()},
                        [("", _("please choose")), *((kind, kind_words(kind)) for kind in KINDS)],
                        [(zone, zone) for zone in ZONES], cancel_url)
    return answer("groups/date_form.html", page, status)


def own_date(date_id: int) -> Date:
    """A date this person may change. Raises NotFound, NotYours."""
    row, me = date_for(date_id, person_id()), person_id()
    if row is None:
        raise NotFound(_("There is no such date."))
    if row.group_id and may_care(part_of(role_in(row.group_id, me), True)):
        return row
    if row.producer_id and any(r.producer_id == row.producer_id for r in roles_of(me)):
        return row
    raise NotYours(_("Who put the date into the calendar changes it."))


@pages.get("/dates/<int:date_id>/edit")
@signed_in
def edit_date(date_id: int) -> Response:
    """The date as it stands."""
    row = own_date(date_id)
    zone = ZoneInfo(row.time_zone)
    typed = {"kind": row.kind, "title": row.title, "words": row.words,
             "starts": row.starts_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
             "ends": row.ends_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
             "time_zone": row.time_zone, "place": row.place, "region": row.region or "",
             "online": "1" if row.online else "", "alcohol": "1" if row.alcohol else "",
             "seats": str(row.seats or ""), "cost_words": row.cost_words,
             "sign_up": "1" if row.sign_up else ""}
    return _form(_("Change the date"), (row.title, f"/dates/{row.id}"),
                 url_for("groups.edit_date_post", date_id=row.id), typed, {},
                 cancel_url=url_for("groups.cancel", date_id=row.id))


@pages.post("/dates/<int:date_id>/edit", endpoint="edit_date_post")
@signed_in
@limiter.limit("60 per hour")
def edit_date_post(date_id: int) -> Response:
    """Keep the changed date; who comes is told where time or place moved."""
    row, typed = own_date(date_id), _typed()
    try:
        with committing():
            change_date(row, _new(typed))
    except Invalid as fault:
        return _form(_("Change the date"), (row.title, f"/dates/{date_id}"), request.path, typed,
                     fault.faults, 422)
    flash(_("Kept. Who comes is told if time or place moved."), "good")
    return see_other(f"/dates/{date_id}")


@pages.post("/dates/<int:date_id>/cancel")
@signed_in
@limiter.limit("30 per hour")
def cancel(date_id: int) -> Response:
    """It does not take place; who comes is told."""
    row = own_date(date_id)
    with committing():
        cancel_date(row)
    flash(_("Cancelled. Everybody who comes is told."), "good")
    return see_other(f"/dates/{date_id}")
