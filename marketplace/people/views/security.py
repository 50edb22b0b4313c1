"""Where one is signed in, and how one proves who one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyotp
import segno
from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.models import Login, Passkey
from marketplace.people.queries import account_of, app_secret, factors_of, logins_of
from marketplace.people.rules.factors import demanded
from marketplace.people.views import pages
from marketplace.people.views.second_step import _json
from marketplace.people.views.strong import strong
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class SecurityPage:
    """Logins, passkeys, code app, codes on paper, address and password."""

    logins: Sequence[Login]
    current: int
    end_others_url: str
    passkeys: Sequence[Passkey]
    passkeys_here: bool
    options_url: str
    app: bool
    recovery_left: int
    email: str
    has_password: bool
    demanded: str


@dataclass(frozen=True, slots=True)
class AppPage:
    """The secret as a picture and as signs, and a field for the digits."""

    qr: str
    secret: str
    faults: Mapping[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Ten codes, shown once."""

    codes: Sequence[str]
    next_url: str


@pages.get("/account/security")
@signed_in
def security() -> Response:
    """Where I am signed in, and with what."""
    known, account = factors_of(person_id()), account_of(person_id())
    page = SecurityPage(
        logins_of(person_id()), current_user.login_id, url_for("people.end_others"),
        known.passkeys, actions.can_passkeys(), url_for("people.new_passkey"), known.app,
        known.recovery_left, account.email,
        account.password_hash is not None, _demanded())
    return answer("people/security.html", page)


def _demanded() -> str:
    """What to say to staff who need a second factor and have none."""
    due = demanded(current_user.is_operator or current_user.is_moderator, current_user.factor_by,
                   current_user.has_factor)
    if due is None or current_app.config["ZURUF_DEMO"]:
        return ""
    if due <= clock.today():
        return _("Your work here needs a second factor: a passkey or a code app. Until then its "
                 "pages stay closed.")
    return _("From %(day)s on your work here needs a second factor.", day=day(due))


@pages.post("/account/security/<int:login_id>/end")
@signed_in
def end_login(login_id: int) -> Response:
    """End one of my logins."""
    with committing():
        actions.end_login(person_id(), login_id)
    return see_other(url_for("people.security"))


@pages.post("/account/security/end-others")
@signed_in
def end_others() -> Response:
    """End all my logins but this one."""
    with committing():
        count = actions.end_other_logins(person_id(), current_user.login_id)
    flash(ngettext("%(num)s other device is signed out.", "%(num)s other devices are signed out.",
                   count), "good")
    return see_other(url_for("people.security"))


@pages.get("/account/security/passkey")
@strong
def new_passkey() -> Response:
    """What the browser needs to make a passkey."""
    return _json(actions.asked_new(person_id(), current_user.handle))


@pages.post("/account/security/passkey", endpoint="new_passkey_post")
@strong
def new_passkey_post() -> Response:
    """Keep a fresh passkey."""
    try:
        with committing():
            codes = actions.add_passkey(person_id(), request.form.get("answer", ""),
                                        request.form.get("name", "").strip())
    except Invalid as fault:
        flash(fault.sentence, "bad")
        return see_other(url_for("people.security"))
    return _kept(codes, _("The passkey is kept. From now on you can sign in with it alone."))


@pages.post("/account/security/passkey/<int:passkey_id>/drop")
@strong
def drop_passkey(passkey_id: int) -> Response:
    """One passkey less."""
    with committing():
        actions.drop_passkey(person_id(), passkey_id)
    flash(_("The passkey is removed."), "good")
    return see_other(url_for("people.security"))


@pages.post("/account/security/app/new")
@strong
def new_app() -> Response:
    """Begin with a code app."""
    with committing():
        actions.begin_app(person_id())
    return see_other(url_for("people.app"))


def _app_page(faults: Mapping[str, str], status: int = 200) -> Response:
    known = app_secret(person_id())
    if known is None or known[1]:
        return see_other(url_for("people.security"))
    uri = pyotp.TOTP(known[0]).provisioning_uri(
        name=current_user.handle, issuer_name=str(current_app.config["MARKET_NAME"]))
    page = AppPage(segno.make(uri, micro=False).svg_data_uri(scale=5, border=3, light="#fff"),
                   " ".join(known[0][n:n + 4] for n in range(0, len(known[0]), 4)), faults,
                   url_for("people.app_post"))
    return answer("people/app.html", page, status)


@pages.get("/account/security/app")
@strong
def app() -> Response:
    """The secret for the code app."""
    return _app_page({})


@pages.post("/account/security/app", endpoint="app_post")
@limiter.limit("20 per hour")
@strong
def app_post() -> Response:
    """The digits fit: the app is in force."""
    try:
        with committing():
            codes = actions.confirm_app(person_id(), request.form.get("code", ""))
    except Invalid as fault:
        return _app_page(fault.faults, 422)
    return _kept(codes, _("The code app is set up. From now on signing in with your password asks "
                          "for its digits."))


@pages.post("/account/security/app/drop")
@strong
def drop_app() -> Response:
    """No code app any more."""
    with committing():
        actions.drop_app(person_id())
    flash(_("The code app is removed."), "good")
    return see_other(url_for("people.security"))


@pages.post("/account/security/paper")
@strong
def paper() -> Response:
    """Ten fresh codes; the former ones are worth nothing."""
    with committing():
        codes = actions.new_codes(person_id())
    return answer("people/paper.html", PaperPage(codes, url_for("people.security")))


def _kept(codes: Sequence[str], words: str) -> Response:
    flash(words, "good")
    if codes:
        return answer("people/paper.html", PaperPage(codes, url_for("people.security")))
    return see_other(url_for("people.security"))
