"""A new password by a link: asked for alike for every address, used once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people import actions
from marketplace.people.actions.joining import password_sentence
from marketplace.people.forms import EmailForm, PasswordForm
from marketplace.people.queries import open_token
from marketplace.people.views import pages
from marketplace.people.views.signing import ALIKE_SECONDS, typed_in, wait_until
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import Form, sent
from marketplace.web.limits import account as by_account
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ResetPage:
    """Asking for and setting a new password."""

    step: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    sign_in_url: str = field(default="")


def _reset_page(step: str, form: Form, faults: Mapping[str, str], url: str, status: int = 200
                ) -> Response:
    page = ResetPage(step, typed_in(form), faults, url, url_for("people.sign_in"))
    return answer("people/reset.html", page, status)


@pages.get("/account/reset")
def reset() -> Response:
    """Ask for a link."""
    return _reset_page("ask", EmailForm(), {}, url_for("people.reset_post"))


@pages.post("/account/reset", endpoint="reset_post")
@limiter.limit("30 per hour")
@limiter.limit("3 per hour", key_func=by_account)
def reset_post() -> Response:
    """Send a link if the address is known; the answer is the same for every address."""
    form, began = EmailForm(sent()), time.monotonic()
    try:
        form.demand()
    except Invalid as fault:
        return _reset_page("ask", form, fault.faults, url_for("people.reset_post"), 422)
    with committing():
        actions.request_reset(str(form.email.data))
    wait_until(began + ALIKE_SECONDS)
    return _reset_page("sent", form, {}, "")


@pages.get("/account/reset/<token>")
def new_password(token: str) -> Response:
    """The form behind the link."""
    if open_token(token, "reset") is None:
        raise NotFound(_("This link was used or is too old. You can ask for a new one."))
    return _reset_page("new", PasswordForm(), {}, url_for("people.new_password_post", token=token))


@pages.post("/account/reset/<token>", endpoint="new_password_post")
@limiter.limit("20 per hour")
def new_password_post(token: str) -> Response:
    """Set the new password."""
    form, url = PasswordForm(sent()), url_for("people.new_password_post", token=token)
    try:
        form.demand()
        sentence = password_sentence(str(form.password.data), "", "")
        if sentence:
            raise Invalid({"password": sentence})
        hashed = actions.hash_password(str(form.password.data))
        with committing():
            actions.reset_password(token, hashed)
    except Invalid as fault:
        return _reset_page("new", form, fault.faults, url, 422)
    flash(_("Your new password is kept. Please sign in."), "good")
    return see_other(url_for("people.sign_in"))
