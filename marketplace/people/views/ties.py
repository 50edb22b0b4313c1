"""Follow, trust, block, mute, and the drawn portraits."""

from __future__ import annotations

from flask import Response, flash, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people import actions
from marketplace.people.models import Person
from marketplace.people.queries import person_by_handle, subjects, trusted_ids
from marketplace.people.rules.portraits import portrait
from marketplace.people.views import pages
from marketplace.web.access import demand_confirmed, person_id
from marketplace.web.answers import back, machine
from marketplace.web.limits import limiter


def _other(handle: str) -> Person:
    who = person_by_handle(handle)
    if who is None:
        raise NotFound(_("There is nobody of this handle."))
    return who


@pages.post("/members/<handle>/follow")
@limiter.limit("120 per hour")
def follow(handle: str) -> Response:
    """Follow, or with follow=no follow no longer."""
    who, me = _other(handle), person_id()
    undo = request.values.get("follow") == "no"
    if not undo:
        demand_confirmed()
    with committing():
        if not undo:
            actions.demand_room_to_follow(me, current_user.trust_level)
        (actions.unfollow if undo else actions.follow)(me, who.id)
    return back(url_for("storefront.member", handle=handle))


@pages.post("/members/<handle>/trust")
@limiter.limit("120 per hour")
def trust(handle: str) -> Response:
    """Trust somebody's judgement in the ticked subjects, and only in those."""
    who, me = _other(handle), person_id()
    known = {subject.slug: subject.id for subject in subjects()}
    chosen = request.values.getlist("subject")
    if set(chosen) - set(known):
        raise Invalid({"subject": _("Please choose from the list.")})
    with committing():
        for slug, subject_id in known.items():
            (actions.trust if slug in chosen else actions.untrust)(me, who.id, subject_id)
    flash(_("Kept: whose judgement you trust on what."), "good")
    return back(url_for("storefront.member", handle=handle))


@pages.post("/members/<handle>/block")
def block(handle: str) -> Response:
    """Want no contact, or with undo allow it again."""
    who, me = _other(handle), person_id()
    undo = bool(request.values.get("undo"))
    with committing():
        (actions.unblock if undo else actions.block)(me, who.id)
    flash(_("You hear from each other again.") if undo
          else _("You two do not hear from each other any more."), "good")
    return back(url_for("storefront.member", handle=handle))


@pages.post("/members/<handle>/mute")
def mute(handle: str) -> Response:
    """Fold somebody's words away, or with undo show them again."""
    who, me = _other(handle), person_id()
    undo = bool(request.values.get("undo"))
    with committing():
        (actions.unmute if undo else actions.mute)(me, who.id)
    flash(_("You read their words again.") if undo
          else _("Their words are folded for you, and send you no notice."), "good")
    return back(url_for("storefront.member", handle=handle))


@pages.post("/members/<handle>/untrust")
def untrust(handle: str) -> Response:
    """Trust somebody's judgement in nothing any more."""
    who, me = _other(handle), person_id()
    with committing():
        for subject_id in trusted_ids(me).get(who.id, ()):
            actions.untrust(me, who.id, subject_id)
    return back(url_for("people.network"))


@pages.get("/portraits/<int:seed>.svg")
@machine
def portrait_file(seed: int) -> Response:
    """The drawn figure of a seed; never changes."""
    answer = make_response(portrait(seed))
    answer.mimetype = "image/svg+xml"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer
