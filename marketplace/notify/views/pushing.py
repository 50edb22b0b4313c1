"""Browsers that tell me at once, and what they show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, jsonify, make_response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.notify import actions
from marketplace.notify.actions.pushing import add_browser, drop_browser
from marketplace.notify.models import PushTo
from marketplace.notify.queries import sees
from marketplace.notify.queries.own import browsers_of, newest_notice
from marketplace.notify.rules import CLASSES, is_on
from marketplace.notify.views import pages
from marketplace.notify.views.titles import TITLES
from marketplace.notify.views.words import class_words
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import back, machine, see_other
from marketplace.web.assets import STATIC
from marketplace.web.formats import day


@dataclass(frozen=True, slots=True)
class BrowserRow:
    """A browser that tells me."""

    id: int
    label: str
    since: str
    here: bool
    drop_url: str


@dataclass(frozen=True, slots=True)
class PushBox:
    """What a browser needs to be asked, and those that said yes."""

    key: str
    worker_url: str
    url: str
    rows: Sequence[BrowserRow]


def push_box(me: int) -> PushBox | None:
    """Browsers of mine; None where the market has no key for it. Loads: 1 statement."""
    door = doors().push
    if door is None:
        return None
    return PushBox(door.public_key, url_for("notify.worker"), url_for("notify.add_browser"),
                   [_row(one) for one in browsers_of(me)])


def _row(one: PushTo) -> BrowserRow:
    return BrowserRow(one.id, one.label, day(one.made_at), one.login_id == current_user.login_id,
                      url_for("notify.drop_browser", browser_id=one.id))


def push_switch(name: str, chosen: Mapping[tuple[str, str], bool]) -> bool | None:
    """Whether my browsers tell of a class; None where they never do."""
    if not CLASSES[name].push or doors().push is None:
        return None
    return is_on(name, "push", chosen)


@pages.post("/account/notices/browsers", endpoint="add_browser")
@signed_in
def add_browser_post() -> Response:
    """This browser tells me; from a thread it tells of answers at once."""
    me, form = person_id(), request.form
    to = (form.get(name, "")[:700] for name in ("endpoint", "p256dh", "auth"))
    try:
        with committing():
            add_browser(me, current_user.login_id, *to)
            if form.get("class") == "answer":
                actions.choose(me, "answer", "push", True, place="thread")
    except Invalid as fault:
        flash(str(fault.faults["endpoint"]), "bad")
    else:
        flash(_("Kept: this browser tells you when an answer comes.")
              if form.get("class") == "answer"
              else _("This browser is known now. Choose below what it tells you."), "good")
    return back(url_for("notify.settings"))


@pages.post("/account/notices/browsers/<int:browser_id>/drop", endpoint="drop_browser")
@signed_in
def drop_browser_post(browser_id: int) -> Response:
    """A browser tells me nothing any more."""
    with committing():
        drop_browser(person_id(), browser_id)
    flash(_("Kept: this browser is told nothing any more."), "good")
    return see_other(url_for("notify.settings"))


@pages.get("/account/notices/said")
@machine
def said() -> Response:
    """What a browser shows of a message that came: the words of the notice, where they are still
    mine to see; of what contract asks for only its kind, because screens lie about.
    """
    class_, path = request.args.get("class", ""), request.args.get("path", "")
    given = jsonify({"title": str(current_app.config["MARKET_NAME"]),
                     "words": _words(viewer_id(), class_, path)})
    given.headers["Cache-Control"] = "private, no-store"
    return given


def _words(me: int | None, class_: str, path: str) -> str:
    if me is None or class_ not in CLASSES:
        return _("Something new waits for you.")
    if CLASSES[class_].group == "must":
        return class_words(class_)
    row = newest_notice(me, path, class_)
    if row is None or not sees(me, path):
        return class_words(class_)
    return TITLES[row.title](row.args, row.count)


@pages.get("/worker.js")
@machine
def worker() -> Response:
    """The script that a browser wakes for a message, with the words for when we are away."""
    words = {"title": str(current_app.config["MARKET_NAME"]),
             "words": _("Something new waits for you.")}
    script = (STATIC / "js" / "worker.js").read_text("utf-8")
    given = make_response(f"const AWAY = {json.dumps(words)};\n{script}")
    given.mimetype = "text/javascript"
    given.headers["Cache-Control"] = "no-cache"
    return given
