"""Proof that a form was sent from a page of ours.

A browser with a session must send the session's token. One without a session (its pages came from
the cache and carry no token) must prove the same origin by Sec-Fetch-Site or Origin.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request, session
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf, validate_csrf
from markupsafe import Markup
from wtforms.validators import ValidationError

from marketplace.foundation.errors import NotYours
from marketplace.web.answers import parts_of

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
FIELD = "csrf_token"


def csrf_field() -> Markup:
    """The hidden field of a form; nothing for a visitor without a session."""
    if not session:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, generate_csrf())


def same_origin() -> bool:
    """Whether the browser says that the request comes from this site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return parts_of(origin or "").netloc == request.host


def _token_ok() -> bool:
    token = request.headers.get("X-CSRFToken") or request.form.get(FIELD)
    try:
        validate_csrf(token)
    except ValidationError:
        return False
    return True


def _check() -> Any:
    """Let the request through, ask to send it again, or refuse it."""
    if request.method not in UNSAFE or request.endpoint is None:
        return None
    if getattr(_view(), "machine", False):
        return None
    if not same_origin():
        raise NotYours(_("This form did not come from a page of this site."))
    if not session or _token_ok():
        return None
    return _send_again()


def _view() -> object:
    from flask import current_app

    return current_app.view_functions.get(request.endpoint or "")


def _send_again() -> object:
    """The page that keeps what was typed and asks to send it once more."""
    kept = [(name, value) for name, value in request.form.items(multi=True)
            if name != FIELD and "password" not in name]
    return render_template("errors/send_again.html", kept=kept, path=request.full_path), 422


def init_app(app: Flask) -> None:
    """Guard every form of the app."""
    app.jinja_env.globals["csrf_field"] = csrf_field
    app.before_request(_check)
