"""Joining, signing in and out, confirming, a new password."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, current_app, flash, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.actions.joining import check_joining
from marketplace.people.forms import SignInForm, SignUpForm
from marketplace.people.queries import signed_in_by
from marketplace.people.views import pages
from marketplace.web.access import safe_next
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import Form, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import account as by_account
from marketplace.web.limits import limiter
from marketplace.web.tokens import sign, unsign

LEAST_SECONDS = 3.0
ALIKE_SECONDS = 0.3
"""How long joining and asking for a new password take at least, whoever has the address."""
AGE_MINIMUM = 16


@dataclass(frozen=True, slots=True)
class SignUpPage:
    """The join form."""

    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    next: str
    stamp: str
    question: str
    minimum_age: int
    terms_url: str
    privacy_url: str
    sign_in_url: str
    passkey_url: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form; `demo` lists (handle, e-mail, password, what they show)."""

    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    next: str
    forgot_url: str
    join_url: str
    passkey_url: str = ""
    message: str = ""
    demo: tuple[tuple[str, str, str, str], ...] = ()


def typed_in(form: Form) -> dict[str, str]:
    """What was typed, without passwords."""
    return {name: str(bound.data or "") for name, bound in form._fields.items()
            if "pass" not in name}


def _sign_up_page(form: Form, faults: Mapping[str, str], status: int = 200) -> Response:
    page = SignUpPage(
        typed_in(form), faults, url_for("people.sign_up_post"), safe_next("/"),
        sign("join", time.time()), "", AGE_MINIMUM, url_for("storefront.page", slug="terms"),
        url_for("storefront.page", slug="privacy"),
        url_for("people.sign_in", next=safe_next("/")),
        url_for("people.join_options") if actions.can_passkeys() else "")
    return answer("people/sign_up.html", page, status)


@pages.get("/sign-up")
def sign_up() -> Response:
    """The join form."""
    return _sign_up_page(SignUpForm(), {})


@pages.post("/sign-up", endpoint="sign_up_post")
@limiter.limit("5 per hour")
def sign_up_post() -> Response:
    """Join with a password or a passkey; a known and a new address get the same answer after the
    same time.
    """
    form, began = SignUpForm(sent()), time.monotonic()
    try:
        form.demand()
        _no_machine(form)
        key = _joined(*(str(form[name].data or "") for name in ("handle", "email", "password",
                                                                "passkey")))
    except Invalid as fault:
        return _sign_up_page(form, fault.faults, 422)
    page = answer("people/joined.html", JoinedPage(
        str(form.email.data), safe_next("/"), bool(form.passkey.data)))
    if key:
        enter(key)
    wait_until(began + ALIKE_SECONDS)
    return page


def _joined(handle: str, email: str, password: str, passkey: str) -> str | None:
    """The key of a first login; None where the address has an account. Raises Invalid."""
    check_joining(handle, email, None if passkey else password)
    hashed = None if passkey else actions.hash_password(password)
    with committing():
        who = (actions.join_by_passkey(handle, email, passkey, current_lang()) if passkey
               else actions.join(handle, email, hashed, current_lang()))
        return actions.start_login(who.id, label_of_browser()) if who else None


def wait_until(moment: float) -> None:
    """Let nobody read from the time of an answer whether an address is known."""
    time.sleep(max(0.0, moment - time.monotonic()))


@dataclass(frozen=True, slots=True)
class JoinedPage:
    """What happens after joining: a mail is on its way, the same for every address."""

    email: str
    next: str
    by_passkey: bool


def _no_machine(form: SignUpForm) -> None:
    made = unsign("join", request.form.get("stamp", ""))
    quick = isinstance(made, float) and time.time() - made < LEAST_SECONDS
    if form.website.data or quick:
        raise Invalid({"handle": _("That was very quick. Please send the form once more.")})


def label_of_browser() -> str:
    """What to call this browser in the list of logins."""
    agent = request.user_agent.string
    browser = next((name for name in ("Firefox", "Edg", "Chrome", "Safari") if name in agent), "")
    system = next((name for name in ("Android", "iPhone", "Windows", "Mac", "Linux")
                   if name in agent), "")
    return _("%(browser)s on %(system)s", browser=browser.replace("Edg", "Edge") or _("Browser"),
             system=system or _("unknown system"))


def enter(key: str) -> None:
    """Put a login into the session; what a guest had in the basket comes along."""
    who = signed_in_by(key)
    guest = session.get("basket")
    kept = {name: session[name] for name in ("lang", "theme") if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(who)
    if guest and who:
        from marketplace.foundation.events import announce
        from marketplace.people.events import SignedIn

        with committing():
            announce(SignedIn(who.id, guest))


def _sign_in_page(form: Form, faults: Mapping[str, str], status: int = 200) -> Response:
    goes = safe_next(url_for("storefront.home"))
    message = (_("Please sign in; then you go on where you were.")
               if request.args.get("next") else "")
    page = SignInPage(
        typed_in(form), faults, url_for("people.sign_in_post"), goes,
        url_for("people.reset"), url_for("people.sign_up", next=goes),
        url_for("people.passkey_options") if actions.can_passkeys() else "", message,
        current_app.extensions["demo_people"](current_lang()))
    return answer("people/sign_in.html", page, status)


@pages.get("/sign-in")
def sign_in() -> Response:
    """The sign-in form."""
    if current_user.is_authenticated:
        return see_other(safe_next(url_for("storefront.home")))
    return _sign_in_page(SignInForm(), {})


@pages.post("/sign-in", endpoint="sign_in_post")
@limiter.limit("30 per 15 minutes")
@limiter.limit("5 per 15 minutes", key_func=by_account)
def sign_in_post() -> Response:
    """Sign in and go on where one was."""
    form = SignInForm(sent())
    try:
        form.demand()
        account = actions.sign_in(str(form.email.data), str(form.password.data))
    except Invalid as fault:
        return _sign_in_page(form, fault.faults, 422)
    if account.has_factor:
        from marketplace.people.views.second_step import half_way

        return half_way(account.person_id)
    with committing():
        key = actions.start_login(account.person_id, label_of_browser())
    enter(key)
    return see_other(safe_next(url_for("storefront.home")))


@pages.post("/sign-out")
def sign_out() -> Response:
    """Sign out on this device."""
    if current_user.is_authenticated:
        with committing():
            actions.end_login(current_user.id, current_user.login_id)
        logout_user()
    session.clear()
    return see_other(url_for("storefront.home"))


@pages.get("/account/confirm/<token>")
def confirm(token: str) -> Response:
    """The page behind the link in the confirmation mail; a button confirms."""
    return answer("people/confirm.html", ConfirmPage(url_for("people.confirm_post", token=token)))


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """One button, because mail scanners open links."""

    url: str


@pages.post("/account/confirm/<token>", endpoint="confirm_post")
def confirm_post(token: str) -> Response:
    """The address is confirmed."""
    with committing():
        actions.confirm(token)
    flash(_("Your address is confirmed. Welcome."), "good")
    return see_other(url_for("storefront.home"))


@pages.post("/account/confirm")
@limiter.limit("5 per hour")
def confirm_again() -> Response:
    """Send the confirmation mail once more."""
    from marketplace.people.events import PersonJoined
    from marketplace.web.access import person_id

    who = person_id()
    with committing():
        from marketplace.foundation.events import announce
        from marketplace.people.actions.joining import CONFIRM_FOR

        announce(PersonJoined(who, actions.make_token(who, "confirm", CONFIRM_FOR)))
    flash(_("A new mail is on its way."), "good")
    return see_other(url_for("people.account"))
