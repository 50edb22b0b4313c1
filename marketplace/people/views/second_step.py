"""Signing in with a second factor, and with a passkey alone."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, make_response, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotSignedIn
from marketplace.people import actions
from marketplace.people.queries import factors_of
from marketplace.people.views import pages
from marketplace.people.views.signing import enter, label_of_browser
from marketplace.web.access import safe_next, signed_in
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.limits import limiter

HALF_SECONDS = 600


@dataclass(frozen=True, slots=True)
class SecondPage:
    """A code, or a passkey."""

    faults: Mapping[str, str]
    url: str
    next: str
    app: bool
    options_url: str
    back_url: str


def half_way(person_id: int) -> Response:
    """The password was right; this browser is asked for the second factor."""
    session["half"] = [person_id, int(time.time())]
    return see_other(url_for("people.second", next=safe_next("/")))


def _half() -> int:
    """Whose password was given in this browser in the last ten minutes. Raises NotSignedIn."""
    found = session.get("half")
    if not found or time.time() - found[1] > HALF_SECONDS:
        raise NotSignedIn(_("Please sign in for this."))
    return int(found[0])


def _page(faults: Mapping[str, str], status: int = 200) -> Response:
    known = factors_of(_half())
    offered = bool(known.passkeys) and actions.can_passkeys()
    page = SecondPage(faults, url_for("people.second_post"), safe_next("/"), known.app,
                      url_for("people.passkey_options") if offered else "",
                      url_for("people.sign_in"))
    return answer("people/second.html", page, status)


@pages.get("/sign-in/code")
def second() -> Response:
    """The second factor."""
    return _page({})


@pages.post("/sign-in/code", endpoint="second_post")
@limiter.limit("30 per 15 minutes")
def second_post() -> Response:
    """Digits of the app, a code on paper, or a passkey of this person."""
    who, way = _half(), "passkey"
    try:
        with committing():
            if request.form.get("answer"):
                actions.use_passkey(request.form["answer"], who)
            else:
                way = actions.use_factor(who, request.form.get("code", "")) or ""
            key = actions.start_login(who, label_of_browser()) if way else ""
        if not key:
            raise Invalid({"code": _("This code does not fit, or was used.")})
    except Invalid as fault:
        return _page(fault.faults, 422)
    enter(key)
    if way == "paper":
        left = factors_of(who).recovery_left
        flash(_("You have %(count)s codes on paper left.", count=left), "info")
    return see_other(safe_next(url_for("storefront.home")))


@pages.get("/sign-in/passkey")
@machine
def passkey_options() -> Response:
    """What the browser needs to answer with a passkey of its device."""
    return _json(actions.asked(None))


@pages.get("/sign-up/passkey")
@machine
def join_options() -> Response:
    """What the browser needs to make the passkey of somebody who joins."""
    return _json(actions.asked_to_join(request.args.get("handle", "")[:30] or "?"))


@pages.post("/sign-in/passkey", endpoint="passkey_post")
@limiter.limit("60 per 15 minutes")
def passkey_post() -> Response:
    """Sign in with a passkey alone; no wrong password of a stranger stands in its way."""
    try:
        with committing():
            who = actions.use_passkey(request.form.get("answer", ""))
            key = actions.start_login(who, label_of_browser())
    except Invalid as fault:
        flash(fault.sentence, "bad")
        return see_other(url_for("people.sign_in", next=safe_next("/")))
    enter(key)
    return see_other(safe_next(url_for("storefront.home")))


@pages.get("/account/passkey")
@machine
@signed_in
def own_passkey() -> Response:
    """What the browser needs to answer with a passkey of this person."""
    return _json(actions.asked(current_user.id))


def _json(text: str) -> Response:
    made = make_response(text)
    made.mimetype = "application/json"
    made.headers["Cache-Control"] = "no-store"
    return made
