"""Theme and language of this browser and, signed in, everywhere."""

from __future__ import annotations

from flask import Response, request, session
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.people import actions
from marketplace.people.views import pages
from marketplace.web.access import safe_next
from marketplace.web.answers import back
from marketplace.web.languages import LANGS


@pages.post("/theme")
def theme() -> Response:
    """Light, dark or as the device says, for this browser and, signed in, everywhere."""
    chosen = request.values.get("theme", "auto")
    if chosen in ("auto", "light", "dark"):
        session["theme"] = chosen
        if current_user.is_authenticated:
            with committing():
                actions.choose_theme(current_user.id, chosen)
    return back(safe_next("/"))


@pages.post("/language")
def language() -> Response:
    """The language of this browser and, signed in, everywhere, letters too."""
    chosen = request.form.get("lang", "")
    if chosen in LANGS:
        session["lang"] = chosen
        if current_user.is_authenticated:
            with committing():
                actions.choose_lang(current_user.id, chosen)
    return back(safe_next("/"))
