"""Another address and another password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.actions.joining import password_sentence
from marketplace.people.forms import EmailForm, PasswordForm
from marketplace.people.queries import account_of
from marketplace.people.views import pages
from marketplace.people.views.strong import strong
from marketplace.web.access import person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A new address or a new password."""

    what: str
    now: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str


def _change(what: str, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
            ) -> Response:
    page = ChangePage(what, account_of(person_id()).email, typed, faults,
                      url_for(f"people.change_{what}_post"))
    return answer("people/change.html", page, status)


@pages.get("/account/security/email", endpoint="change_email")
@strong
def change_email() -> Response:
    """Another address."""
    return _change("email", {}, {})


@pages.post("/account/security/email", endpoint="change_email_post")
@limiter.limit("5 per hour")
@strong
def change_email_post() -> Response:
    """A link goes to the new address; until it is used the old one stays."""
    form = EmailForm(sent())
    try:
        form.demand()
        with committing():
            actions.ask_email(person_id(), str(form.email.data))
    except Invalid as fault:
        return _change("email", {"email": str(form.email.data or "")}, fault.faults, 422)
    flash(_("A mail with a link is on its way to %(email)s. Until you use it the old address "
            "stays.", email=form.email.data), "info")
    return see_other(url_for("people.security"))


@pages.get("/account/security/password", endpoint="change_password")
@strong
def change_password() -> Response:
    """Another password."""
    return _change("password", {}, {})


@pages.post("/account/security/password", endpoint="change_password_post")
@limiter.limit("20 per hour")
@strong
def change_password_post() -> Response:
    """The new password is in force; all other logins end."""
    form = PasswordForm(sent())
    try:
        form.demand()
        typed = str(form.password.data)
        sentence = password_sentence(typed, account_of(person_id()).email, current_user.handle)
        if sentence:
            raise Invalid({"password": sentence})
        hashed = actions.hash_password(typed)
        with committing():
            actions.change_password(person_id(), hashed, current_user.login_id)
    except Invalid as fault:
        return _change("password", {}, fault.faults, 422)
    flash(_("Your new password is kept, and all other devices are signed out."), "good")
    return see_other(url_for("people.security"))


@dataclass(frozen=True, slots=True)
class NewEmailPage:
    """One button, because mail scanners open links."""

    url: str


@pages.get("/account/change/<token>")
def new_email(token: str) -> Response:
    """The page behind the link in the mail to a new address."""
    return answer("people/confirm.html",
                  NewEmailPage(url_for("people.new_email_post", token=token)))


@pages.post("/account/change/<token>", endpoint="new_email_post")
def new_email_post(token: str) -> Response:
    """The account has the new address."""
    with committing():
        actions.change_email(token)
    flash(_("Your account has the new address."), "good")
    return see_other(url_for("people.security"))
