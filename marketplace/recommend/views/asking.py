"""Asking for advice: write, look at it, send; closing it, taking it back, what helped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotYours, TooMany
from marketplace.groups.queries import GroupCard, of_person
from marketplace.people.queries import subjects, told_words
from marketplace.recommend import actions
from marketplace.recommend.actions import NewAsk
from marketplace.recommend.forms import AskForm
from marketplace.recommend.queries.words import chip_words
from marketplace.recommend.rules.asking import DAYS, MOST_DAYS, MOST_WISH
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.masking import masked


@dataclass(frozen=True, slots=True)
class AskLook:
    """How an ask will stand: the wish, what was understood, who reads it, what follows."""

    wish: str
    by: Any
    chips: Sequence[tuple[str, str]]
    readers_words: str
    until_words: str
    board_words: str


@dataclass(frozen=True, slots=True)
class NewAskPage:
    """The form of an ask, or its preview."""

    step: str
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    audiences: Sequence[tuple[str, str, str]]
    groups: Sequence[tuple[str, str]]
    subjects: Sequence[tuple[str, str]]
    dropped: Sequence[str]
    days: tuple[str, str]
    preview: AskLook | None
    asks_url: str
    help_url: str
    told: Sequence[str] = ()


def _groups() -> Mapping[str, GroupCard]:
    """One's own groups by address part."""
    me = person_id()
    return {card.slug: card for card in of_person(me, current_lang(), me)}


def _page(typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200,
          preview: AskLook | None = None) -> Response:
    lang, groups, today = current_lang(), _groups(), clock.today()
    audiences = [("all", _("Everybody"), _("Put to people who have rated much of it and agreed to "
                                           "be asked, to groups about it, and to producers who "
                                           "have it."))]
    if groups:
        audiences.append(("group", _("One of my groups"), _("Only its members read it.")))
    return answer("recommend/new_ask.html", NewAskPage(
        "preview" if preview else "write", url_for("recommend.new_ask_post"), typed, faults,
        audiences, [(slug, card.name) for slug, card in groups.items()],
        [("", _("as the words say")), *((s.slug, s.name_de if lang == "de" else s.name_en)
                                        for s in subjects())],
        _dropped(), (today.isoformat(), (today + timedelta(days=MOST_DAYS)).isoformat()), preview,
        url_for("recommend.asks"), url_for("dialogue.new", about="/asks/new"),
        told_words(person_id())), status)


def _dropped() -> list[str]:
    """What was understood wrongly, as the asker said: kind and value of a chip."""
    return list(dict.fromkeys(one[:80] for one in request.form.getlist("drop")[:20] if one))


@pages.get("/asks/new")
@signed_in
def new_ask() -> Response:
    """The form; the words of a search, or a group, come along."""
    group = request.args.get("group", "")
    typed = {"wish": (clean(request.args.get("wish", "")) or "")[:MOST_WISH],
             "until": (clock.today() + timedelta(days=DAYS)).isoformat()}
    if group in _groups():
        typed |= {"audience": "group", "group": group}
    return _page(typed, {})


@pages.post("/asks/new", endpoint="new_ask_post")
@signed_in
@limiter.limit("60 per hour")
def new_ask_post() -> Response:
    """Show how it will stand, send it, or go back to writing."""
    form, step = AskForm(sent()), request.form.get("step", "preview")
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    if step == "back":
        return _page(typed, {})
    try:
        new = _new(form)
        if step != "send":
            return _page(typed, {}, preview=_look(new))
        with committing():
            row = actions.open_ask(person_id(), new)
    except Invalid as fault:
        return _page(typed, fault.faults, 422)
    except (Conflict, TooMany, NotYours) as fault:
        return _page(typed, {"wish": fault.sentence}, fault.status)
    flash(_("Asked. You are told as soon as somebody answers."), "good")
    return see_other(url_for("recommend.ask", code=row.code))


def _new(form: AskForm) -> NewAsk:
    """What the form says. Raises Invalid with every fault at once, NotYours."""
    faults = {} if form.validate() else form.faults()
    audience, group = str(form.audience.data or ""), None
    if audience == "group":
        own = _groups()
        group = own.get(str(form.group.data or ""))
        if group is None:
            faults["group" if own else "audience"] = _("Please choose one of your groups.")
    subject = {s.slug: s.id for s in subjects()}.get(str(form.subject.data or ""))
    new = NewAsk(str(form.wish.data or ""), current_lang(), audience,
                 group.id if group else None, _until(str(form.until.data or ""), faults), subject,
                 _chips(str(form.wish.data or "")))
    if group is not None or audience != "group":
        try:
            actions.check_ask(person_id(), new)
        except Invalid as fault:
            faults = {**fault.faults, **faults}
    if faults:
        raise Invalid(faults)
    return new


def _until(typed: str, faults: dict[str, str]) -> date | None:
    """The day that was typed; a sentence in `faults` where it is none."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        faults["until"] = _("Please write the day as 2026-12-31.")
        return None


def _chips(words: str) -> list[dict[str, Any]]:
    """What is understood of the words; a question to a later room, put in by the wiring."""
    read: Callable[[str], list[dict[str, Any]]] = current_app.extensions["read_wish"]
    dropped = set(_dropped())
    return [chip for chip in read(words) if f"{chip['kind']}:{chip['value']}"[:80] not in dropped]


def _look(new: NewAsk) -> AskLook:
    lang = current_lang()
    group = next((g for g in _groups().values() if g.id == new.group_id), None)
    readers, board = _("Everybody reads this."), _(
        "If nobody answers within two days, it goes to the request board, where everybody sees it, "
        "producers too.")
    if group is not None:
        readers = _("The members of %(name)s read this.", name=group.name)
        board = _("If nobody answers within two days, it becomes a topic of the group, which "
                  "everybody can read.") if group.kind == "open" else \
            _("If nobody answers within two days, it becomes a topic of the group.")
    chips = [(words, f"{chip['kind']}:{chip['value']}"[:80]) for chip in new.chips
             if (words := chip_words(chip, lang))]
    return AskLook(masked(new.wish, lang), current_user, chips, readers,
                   _("Open until %(day)s.", day=day(new.until)) if new.until else "", board)


@pages.post("/asks/<code>/state", endpoint="turn_ask")
@signed_in
@limiter.limit("120 per hour")
def turn_ask(code: str) -> Response:
    """Close one's ask, take it back, or open it again."""
    state = request.form.get("state", "")
    with committing():
        actions.turn_ask(code, person_id(), state)
    flash({"open": _("It is open again."),
           "closed": _("Closed. You can open it again here."),
           "withdrawn": _("Taken back; nobody else sees it any more. You can ask it again here."),
           }[state], "good")
    return see_other(url_for("recommend.ask", code=code))


@pages.post("/asks/<code>/helped/<answer>")
@signed_in
@limiter.limit("120 per hour")
def helped(code: str, answer: str) -> Response:
    """Say that an answer helped, or take it back."""
    yes = request.form.get("helped", "yes") == "yes"
    with committing():
        actions.mark_helped(code, person_id(), answer, yes)
    flash(_("Marked: others see what helped you.") if yes else _("The mark is taken away."),
          "good")
    return see_other(url_for("recommend.ask", code=code) + f"#{answer}")
