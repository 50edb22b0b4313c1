"""Stopping letters with one click, signed out too."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.notify import actions
from marketplace.notify.queries import hash_stopped
from marketplace.notify.rules import CLASSES
from marketplace.notify.views import pages
from marketplace.notify.views.words import class_words
from marketplace.people.queries import email_of
from marketplace.web.answers import answer, machine
from marketplace.web.tokens import sign, unsign


@dataclass(frozen=True, slots=True)
class StopPage:
    """Stopping a class of letters: "ask", "stopped", "all stopped", "already" or "undone"."""

    state: str
    class_words: str
    url: str
    undo: str
    settings_url: str


@dataclass(frozen=True, slots=True)
class Who:
    """Whose letters of which class a link ends: a person's, or those to a hashed address."""

    person_id: int | None
    to_hash: str
    class_: str


def _who(token: str) -> Who:
    """Whom a stop link is for; links of before 2026-12 name the address. Raises NotFound."""
    value = unsign("stop", token)
    if isinstance(value, list) and len(value) == 2 and value[1] in CLASSES:
        return Who(None, actions.address_hash(str(value[0])), str(value[1]))
    if not isinstance(value, list) or len(value) != 3 or value[2] not in CLASSES:
        raise NotFound(_("This link is not ours."))
    if value[0] == "p":
        return Who(int(value[1]), "", str(value[2]))
    return Who(None, str(value[1]), str(value[2]))


def _ended(who: Who) -> bool:
    """Whether nothing of this class comes any more: it was ended, or nobody is there."""
    if who.person_id is None:
        return hash_stopped(who.to_hash, who.class_)
    return email_of(who.person_id) is None or not actions.runs(who.person_id, who.class_)


def _page(who: Who, state: str, token: str, undo: str = "") -> Response:
    return answer("notify/stop.html", StopPage(
        state, class_words(who.class_), url_for("notify.unsubscribe_post", token=token), undo,
        url_for("notify.settings") if who.person_id is not None else ""))


@pages.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> Response:
    """One page with one button, because mail programs open links by themselves."""
    who = _who(token)
    return _page(who, "already" if _ended(who) else "ask", token)


@pages.post("/unsubscribe/<token>", endpoint="unsubscribe_post")
@machine
def unsubscribe_post(token: str) -> Response:
    """Stop this class of letters at once, without sign-in (RFC 8058); or all; or undo that."""
    who, undo = _who(token), unsign("undo", request.form.get("undo", ""))
    if isinstance(undo, list) and undo[:1] == [who.person_id or who.to_hash]:
        with committing():
            _back(who, [str(name) for name in undo[1:]])
        return _page(who, "undone", token)
    if _ended(who) and request.form.get("all") != "1":
        return _page(who, "already", token)
    everything = request.form.get("all") == "1"
    cause = "header" if "List-Unsubscribe" in request.form else "click"
    with committing():
        ended = _stop(who, cause, everything)
    again = sign("undo", [who.person_id or who.to_hash, *ended]) if ended else ""
    return _page(who, "all stopped" if everything else "stopped", token, again)


def _stop(who: Who, cause: str, everything: bool) -> list[str]:
    """End it; the classes that ended and may be brought back by the same hand."""
    if who.person_id is not None:
        ended = actions.stop_person(who.person_id, who.class_, cause, everything)
        return [name for name in ended if CLASSES[name].group != "advertising"]
    actions.stop_hash(who.to_hash, "all" if everything else who.class_, cause)
    return []


def _back(who: Who, names: list[str]) -> None:
    """The same hand changed its mind; advertising needs a new yes in the settings."""
    for name in names:
        if who.person_id is not None and name in CLASSES:
            actions.bring_back(who.person_id, name)
