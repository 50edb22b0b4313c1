"""Speaking for a house, one of its goods or a group: asked, offered, agreed, ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.groups import actions
from marketplace.groups.models import Ambassador
from marketplace.groups.queries import agrees_for, spoken_of, thing_at, thing_of
from marketplace.groups.queries.ambassadors import Spoken, Thing
from marketplace.groups.views import pages
from marketplace.people.queries import lines, person_by_handle
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """One ambassador, with what this side can do."""

    by: Any
    thing: Thing
    mine: bool
    state: str
    words: str
    benefit: str
    when: str
    to_answer: bool
    answer_url: str
    end_url: str
    fault: str


@dataclass(frozen=True, slots=True)
class AmbassadorsPage:
    """What one speaks for, and who speaks for what is one's own."""

    mine: Sequence[SpokenRow]
    theirs: Sequence[SpokenRow]
    typed: str


@dataclass(frozen=True, slots=True)
class NewAmbassadorPage:
    """Asking to speak for a thing, or offering that to somebody."""

    thing: Thing
    path: str
    offers: bool
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]


@pages.get("/account/ambassadors", endpoint="ambassadors")
@signed_in
def own_ambassadors() -> Response:
    """What I speak for; for my houses and groups, who speaks for them."""
    return _list()


def _list(wrong: int = 0, fault: str = "", typed: str = "", status: int = 200) -> Response:
    me = person_id()
    found = spoken_of(me, current_lang())
    people = lines({one.row.person_id for one in found}, me)
    rows = [_row(one, people.get(one.row.person_id, nobody()),
                 fault if one.row.id == wrong else "") for one in found]
    page = AmbassadorsPage([row for row in rows if row.mine], [row for row in rows if not row.mine],
                           typed)
    return answer("groups/ambassadors.html", page, status)


def _row(one: Spoken, by: Any, fault: str) -> SpokenRow:
    row = one.row
    return SpokenRow(
        by, one.thing, one.mine, row.state, row.words, row.benefit,
        day(row.since or row.asked_at), one.to_answer,
        url_for("groups.answer_ambassador", ambassador_id=row.id),
        url_for("groups.end_ambassador", ambassador_id=row.id), fault)


def _thing() -> Thing:
    """What the address names. Raises NotFound."""
    found = thing_at(request.args.get("for", "")[:120], current_lang(), person_id())
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


@pages.get("/ambassadors/new")
@signed_in
def new_ambassador() -> Response:
    """What speaking for something means, and the form."""
    thing = _thing()
    return _new(thing, {"handle": request.args.get("handle", "")[:31]}, {})


def _new(thing: Thing, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
         ) -> Response:
    page = NewAmbassadorPage(
        thing, thing.url, agrees_for(thing, person_id()),
        f"{url_for('groups.new_ambassador_post')}?{urlencode({'for': thing.url})}", typed, faults)
    return answer("groups/new_ambassador.html", page, status)


@pages.post("/ambassadors/new")
@signed_in
@limiter.limit("20 per day")
def new_ambassador_post() -> Response:
    """Ask, or offer."""
    thing, me = _thing(), person_id()
    typed = {name: clean(request.form.get(name)) or "" for name in ("words", "benefit", "handle")}
    person, faults = me, {}
    if agrees_for(thing, me):
        found = person_by_handle(typed["handle"].lstrip("@").lower())
        if found is None:
            faults["handle"] = _("There is no such person here.")
        else:
            person = found.id
            if person == me:
                faults["handle"] = _("You belong to it already; everybody sees that.")
    try:
        if faults:
            raise Invalid(faults)
        with committing():
            actions.begin_ambassador(person, me, typed["words"], typed["benefit"],
                                     (thing.column, thing.id))
    except Invalid as fault:
        return _new(thing, typed, fault.faults, 422)
    except Conflict as fault:
        return _new(thing, typed, {"": fault.sentence}, 409)
    flash(_("The question is on its way."), "good")
    return see_other(url_for("groups.ambassadors"))


def _of_mine(ambassador_id: int) -> tuple[Ambassador, bool]:
    """An ambassador this person has a say in, and whether they are it. Raises NotFound."""
    row = db.session.get(Ambassador, ambassador_id)
    thing = thing_of(row, current_lang()) if row is not None else None
    mine = row is not None and row.person_id == person_id()
    if row is None or thing is None or not (mine or agrees_for(thing, person_id())):
        raise NotFound(_("There is nothing at this address."))
    return row, mine


@pages.post("/ambassadors/<int:ambassador_id>/answer")
@signed_in
@limiter.limit("60 per hour")
def answer_ambassador(ambassador_id: int) -> Response:
    """The side that was asked says yes, with what the person has from it, or no."""
    row, mine = _of_mine(ambassador_id)
    if row.state == ("asked" if mine else "offered"):
        raise NotYours(_("The other side has to answer."))
    if row.state not in ("asked", "offered"):
        raise Conflict(_("This was answered already."))
    benefit = clean(request.form.get("benefit")) or ""
    try:
        with committing():
            if request.form.get("answer") == "yes":
                actions.agree_ambassador(row, benefit)
            else:
                actions.end_ambassador(row)
    except Invalid as fault:
        return _list(ambassador_id, fault.faults.get("benefit", ""), benefit, 422)
    flash(_("Answered."), "good")
    return see_other(url_for("groups.ambassadors"))


@pages.post("/ambassadors/<int:ambassador_id>/end")
@signed_in
@limiter.limit("60 per hour")
def end_ambassador(ambassador_id: int) -> Response:
    """Either side ends it in one click."""
    row, _mine = _of_mine(ambassador_id)
    with committing():
        actions.end_ambassador(row)
    flash(_("Ended. From now on nothing is said in its name."), "good")
    return see_other(url_for("groups.ambassadors"))
