"""Asking, wishing, criticising: write, look at it, send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from marketplace.dialogue import actions
from marketplace.dialogue.actions import NewThread
from marketplace.dialogue.forms import NewThreadForm
from marketplace.dialogue.queries import answer_due
from marketplace.dialogue.rules import MOST_TITLE
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.places import Place, place_of
from marketplace.dialogue.views.threads import JUST_ASKED
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers.queries.staff import praisable
from marketplace.web.access import demand_confirmed, person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.masking import HIDDEN, masked
from marketplace.web.shapes import ContextChip
from marketplace.web.words import prose


@dataclass(frozen=True, slots=True)
class Preview:
    """How the words will stand, hidden places marked."""

    title: str
    words: Markup
    readers_words: str
    masked: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class NewThreadPage:
    """The form of a new thread, or its preview."""

    step: str
    context: ContextChip | None
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    kinds: Sequence[tuple[str, str, str]]
    expected: str
    place_words: str
    preview: Preview | None
    attach: bool = False
    solved: Sequence[Any] = ()
    orders: Sequence[Any] = ()
    people: Sequence[tuple[str, str]] = ()
    email_needed: bool = False


def _place() -> Place:
    """What the address of this form says it is about."""
    kind = request.args.get("kind") or request.form.get("kind", "")
    return place_of(request.args.get("about", "")[:300], kind, request.args.get("seller", "")[:4])


def _kinds(place: Place) -> list[tuple[str, str, str]]:
    words = {
        "question": (_("A question"), _("Something is not clear to me")),
        "complaint": (_("Criticism"), _("Something was not right")),
        "praise": (_("Praise"), _("Something was good")),
        "idea": (_("An idea"), _("Something could be better")),
        "wish": (_("A wish"), _("Something is missing here")),
    }
    return [(kind, *words[kind]) for kind in place.kinds]


def _readers(place: Place, visibility: str) -> str:
    """Who reads it, in words."""
    asked = place.asked or _("the people who run the market")
    if visibility == "private":
        return _("Only you and %(name)s read this.", name=asked)
    if visibility == "group":
        return _("The members of %(name)s read this.", name=asked)
    return _("Everybody can read this.")


def _page(place: Place, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200,
          preview: Preview | None = None) -> Response:
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("about", "seller") if request.args.get(name)}
    due = ""
    if place.producer_id is not None:
        due = _("Answer expected by %(when)s",
                when=moment(answer_due(place.producer_id, clock.now())))
    page = NewThreadPage(
        "preview" if preview else "write", place.chip, url_for("dialogue.new_post", **kept), typed,
        faults, _kinds(place), due, _readers(place, place.visibility) if place.visibility else "",
        preview, people=[(str(one), name) for one, name in _people(place)])
    return answer("dialogue/new.html", page, status)


def _people(place: Place) -> Sequence[tuple[int, str]]:
    """Whom praise may name here."""
    if place.producer_id is None or "praise" not in place.kinds:
        return ()
    return praisable(place.producer_id)


@pages.get("/threads/new")
@signed_in
def new() -> Response:
    """The form, knowing what it is about."""
    place, kind = _place(), request.args.get("kind", "")
    typed = {"kind": kind if kind in place.kinds else "" if place.kinds else "topic",
             "title": _asked("title", MOST_TITLE), "words": _asked("words", 2000),
             "openness": ""}
    return _page(place, typed, {})


def _asked(name: str, most: int) -> str:
    return (clean(request.args.get(name, "")) or "")[:most]


@pages.post("/threads/new", endpoint="new_post")
@signed_in
@limiter.limit("120 per hour")
def new_post() -> Response:
    """Show how it will stand; send it; or go back to writing."""
    place, form, step = _place(), NewThreadForm(sent()), request.form.get("step", "preview")
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    if step == "back":
        return _page(place, typed, {})
    try:
        new = _new(place, form)
        if step != "send":
            return _page(place, typed, {}, preview=_preview(place, new))
        demand_confirmed("words")
        with committing():
            thread = actions.open_thread(person_id(), current_user.trust_level, new)
    except Invalid as fault:
        faults = {{"visibility": "openness"}.get(name, name): words
                  for name, words in fault.faults.items()}
        return _page(place, typed, faults, 422)
    session[JUST_ASKED] = thread.code
    return see_other(url_for("dialogue.thread", code=thread.code))


def _new(place: Place, form: NewThreadForm) -> NewThread:
    """What the form says, in its place. Raises Invalid with every fault at once."""
    kind = "" if place.kinds and form.kind.data not in place.kinds else str(form.kind.data or "")
    new = NewThread(
        kind if place.kinds else "topic", str(form.title.data or ""),
        str(form.words.data or form.title.data or ""),
        place.visibility or str(form.openness.data or ""), current_lang(), place.product_id,
        place.producer_id, place.group_id, place.bundle_id, place.seller_order_id,
        praised_id=next((one for one, _name in _people(place) if str(one) == form.praised.data),
                        None) if form.praised.data else None)
    faults = {} if form.validate() else form.faults()
    try:
        actions.check(new)
    except Invalid as fault:
        faults = {**fault.faults, **faults}
    if not form.words.data:
        faults.pop("words", None)
    if new.visibility not in ("public", "private", "group"):
        faults.setdefault("visibility", _("Please choose: public or private."))
    if faults:
        raise Invalid(faults)
    return new


def _preview(place: Place, new: NewThread) -> Preview:
    lang, private = new.lang, new.visibility == "private"
    title = new.title if private else masked(new.title, lang)
    words = prose(new.words if private else masked(new.words, lang))
    if not private:
        for label in HIDDEN[lang].values():
            words = Markup(str(words).replace(label, f"<mark>{label}</mark>"))  # noqa: S704 - ours
    return Preview(title, words, _readers(place, new.visibility))
