"""Members as the operator may see them: with a case or a yes, each look written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people import actions
from marketplace.people.models import Person
from marketplace.people.queries import account_of, factors_of, person_by_handle
from marketplace.people.views import pages
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class AboutMember:
    """What staff see of one account, and no more."""

    handle: str
    email: str
    confirmed: bool
    active_on: object
    passkeys: int
    app: bool
    is_operator: bool
    is_moderator: bool
    act_url: str


@dataclass(frozen=True, slots=True)
class MembersPage:
    """A handle and a reason; then one account."""

    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    many_url: str
    about: AboutMember | None


def _page(typed: Mapping[str, str], faults: Mapping[str, str], about: AboutMember | None = None,
          status: int = 200) -> Response:
    return answer("people/members.html", MembersPage(
        typed, faults, url_for("people.members_post"), url_for("people.close_many"), about),
        status)


def _member(handle: str) -> Person:
    who = person_by_handle(handle.strip().lstrip("@"))
    if who is None:
        raise Invalid({"handle": _("There is nobody of this handle.")})
    return who


@pages.get("/operator/members")
@operators_only
def members() -> Response:
    """Look a member up, with a reason."""
    return _page({}, {})


@pages.post("/operator/members", endpoint="members_post")
@limiter.limit("60 per hour")
@operators_only
def members_post() -> Response:
    """One account, where a case is open or the person agreed; the look is written down."""
    typed = {name: request.form.get(name, "") for name in ("handle", "why")}
    try:
        who = _member(typed["handle"])
        with committing():
            actions.look(person_id(), "operator", who.id, _("account data"), typed["why"])
    except Invalid as fault:
        return _page(typed, fault.faults, None, 422)
    own, known = account_of(who.id), factors_of(who.id)
    return _page(typed, {}, AboutMember(
        who.handle, own.email, own.confirmed_at is not None, own.active_on, len(known.passkeys),
        known.app, who.is_operator, who.is_moderator,
        url_for("people.member_act", handle=who.handle)))


@pages.post("/operator/members/<handle>/act", endpoint="member_act")
@operators_only
def member_act(handle: str) -> Response:
    """Reset the second factor, close, give or take a role; with a reason, in the log."""
    who, why, act = person_by_handle(handle), request.form.get("why", ""), request.form.get("act")
    if who is None:
        raise NotFound(_("There is nobody of this handle."))
    try:
        with committing():
            if act == "factor":
                actions.reset_factor(person_id(), who.id, why)
            elif act == "close":
                actions.close_for(person_id(), who.id, "keep", why)
            else:
                role, _sign, on = (act or "").partition("-")
                actions.give_role(person_id(), who.id, role, on == "on", why)
    except Invalid as fault:
        return _page({"handle": handle, "why": why}, fault.faults, None, 422)
    flash(_("Done, and written into the log."), "good")
    return see_other(url_for("people.members"))


@pages.post("/operator/members/close")
@operators_only
def close_many() -> Response:
    """Close many fresh accounts in one step."""
    typed = {"handles": request.form.get("handles", ""), "many_why": request.form.get("why", "")}
    try:
        with committing():
            count = actions.close_many(person_id(), typed["handles"].split(), typed["many_why"])
    except Invalid as fault:
        return _page(typed, {"many_why": fault.sentence}, None, 422)
    flash(_("%(count)s accounts are closed, and it is written into the log.", count=count), "good")
    return see_other(url_for("people.members"))
