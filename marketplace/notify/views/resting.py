"""Hearing nothing of a producer or a thread for a while, and hearing of it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.dialogue.actions.snoozing import end_snooze, snooze
from marketplace.dialogue.queries import thread_by_code
from marketplace.dialogue.queries.snoozing import house_named, resting_for, snoozed_until
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.notify.queries import sees
from marketplace.notify.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day

DAYS = (7, 30, 90, 365)
Found = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class RestPage:
    """One producer or thread: for how long nothing shall be heard of it."""

    name: str
    thing: str
    back_url: str
    until: str
    choices: Sequence[tuple[str, str]]
    chosen: str
    fault: str
    url: str


@dataclass(frozen=True, slots=True)
class RestingRow:
    """Something that rests for me."""

    name: str
    url: str
    until: str
    end_url: str


def resting_rows(me: int) -> list[RestingRow]:
    """What rests for me, for the settings. Loads: 2 statements."""
    return [RestingRow(one.name, f"/{one.thing}s/{one.ref}", _("until %(day)s", day=day(one.until)),
                       url_for("notify.rest_post", thing=one.thing, ref=one.ref))
            for one in resting_for(me)]


def _producer(_me: int, slug: str) -> Found | None:
    known = house_named(slug)
    return (*known, f"/producers/{slug}") if known else None


def _thread(me: int, code: str) -> Found | None:
    row = thread_by_code(code)
    if row is None or not sees(me, f"/threads/{code}"):
        return None
    return row.id, row.title, f"/threads/{code}"


THINGS: Mapping[str, Callable[[int, str], Found | None]] = {
    "producer": _producer, "thread": _thread}


def _found(thing: str, ref: str) -> Found:
    """The thing at this address. Raises NotFound, also where I may not see it."""
    found = THINGS[thing](person_id(), ref) if thing in THINGS else None
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _page(thing: str, ref: str, fault: str = "", status: int = 200) -> Response:
    thing_id, name, url = _found(thing, ref)
    until = snoozed_until(person_id(), thing, thing_id)
    page = RestPage(
        name, thing, url, day(until) if until else "",
        [(str(n), ngettext("%(num)s day of quiet", "%(num)s days of quiet", n)) for n in DAYS],
        request.form.get("days", "30"), fault,
        url_for("notify.rest_post", thing=thing, ref=ref))
    return answer("notify/rest.html", page, status)


@pages.get("/account/notices/rest/<thing>/<ref>")
@signed_in
def rest(thing: str, ref: str) -> Response:
    """For how long I want to hear nothing of this."""
    return _page(thing, ref)


@pages.post("/account/notices/rest/<thing>/<ref>", endpoint="rest_post")
@signed_in
def rest_post(thing: str, ref: str) -> Response:
    """Hear nothing of it for so many days, or hear of it again with end=1."""
    thing_id, name, _url = _found(thing, ref)
    if request.form.get("end") == "1":
        with committing():
            end_snooze(person_id(), thing, thing_id)
        flash(_("You hear of “%(name)s” again.", name=name), "good")
        return see_other(url_for("notify.settings"))
    try:
        days = _days()
    except Invalid as fault:
        return _page(thing, ref, fault.faults["days"], 422)
    with committing():
        snooze(person_id(), thing, thing_id, days)
    flash(_("Kept: nothing of “%(name)s” reaches you until then, but what contract and law ask "
            "for.", name=name), "good")
    return see_other(url_for("notify.rest", thing=thing, ref=ref))


def _days() -> int:
    """For how many days. Raises Invalid."""
    sent = request.form.get("days", "")
    if sent not in {str(n) for n in DAYS}:
        raise Invalid({"days": _("Please choose one of these.")})
    return int(sent)
