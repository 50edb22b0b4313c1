"""Once more who one is: the ten minutes in which dangerous things may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.queries.login import has_password
from marketplace.people.views import pages
from marketplace.web.access import person, person_id, safe_next, signed_in
from marketplace.web.answers import answer, parts_of, see_other
from marketplace.web.limits import limiter

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class AgainPage:
    """Password, digits or passkey once more, and then on."""

    faults: Mapping[str, str]
    url: str
    next: str
    has_password: bool
    has_factor: bool
    options_url: str


def is_strong() -> bool:
    """Whether this login showed in the last ten minutes who it is."""
    until = current_user.strong_until
    return until is not None and until > clock.now()


def strong(view: View) -> View:
    """A view for who showed in the last ten minutes who they are; others are asked first."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        person()
        if is_strong():
            return view(*args, **kwargs)
        here = request.path if request.method == "GET" else parts_of(request.referrer or "").path
        if request.method != "GET":
            flash(_("Ten minutes are over: please show once more that it is you."), "info")
        return see_other(url_for("people.again", next=here or url_for("people.security")))

    return cast(View, guarded)


def _page(faults: Mapping[str, str], status: int = 200) -> Response:
    page = AgainPage(faults, url_for("people.again_post"), safe_next(url_for("people.security")),
                     has_password(person_id()), current_user.has_factor,
                     url_for("people.own_passkey") if actions.can_passkeys() else "")
    return answer("people/again.html", page, status)


@pages.get("/account/again")
@signed_in
def again() -> Response:
    """Who are you, once more."""
    return _page({})


@pages.post("/account/again", endpoint="again_post")
@limiter.limit("30 per 15 minutes")
@signed_in
def again_post() -> Response:
    """Password, digits of the app, a code on paper, or a passkey."""
    me = person_id()
    try:
        if request.form.get("answer"):
            with committing():
                actions.use_passkey(request.form["answer"], me)
                actions.strengthen(current_user.login_id)
        elif request.form.get("code"):
            _by_code(me, request.form["code"])
        else:
            actions.demand_password(me, request.form.get("password", ""))
            with committing():
                actions.strengthen(current_user.login_id)
    except Invalid as fault:
        return _page(fault.faults, 422)
    return see_other(safe_next(url_for("people.security")))


def _by_code(me: int, typed: str) -> None:
    with committing():
        right = actions.use_factor(me, typed)
        if right:
            actions.strengthen(current_user.login_id)
    if not right:
        raise Invalid({"code": _("This code does not fit, or was used.")})
