"""Asking "Should I?", answering, and the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.actions import NewPoll
from marketplace.bundles.forms import PollForm
from marketplace.bundles.queries import bundle_for, poll_for, polls_shown
from marketplace.bundles.queries.asking import PollView, poll_views
from marketplace.bundles.rules import MOST_HOURS, MOST_OPTIONS
from marketplace.bundles.views import pages
from marketplace.catalog.queries import cards, title_of, visible_product_id
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours, TooMany
from marketplace.groups.queries import of_person
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, back, parts_of, see_other
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import ContextChip

HOURS = (1, 6, 24, 72, 168, MOST_HOURS)


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about: one bundle, one product, or nothing on this site."""

    chip: ContextChip | None = None
    bundle_id: int | None = None
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class PollsPage:
    """What others ask, and what one asked oneself."""

    open: Sequence[PollView]
    own: Sequence[PollView]
    new_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class PollPage:
    """One question on its own page."""

    title: str
    poll: PollView
    chip: ContextChip | None
    pictures: Sequence[tuple[Any, str, str]]
    polls_url: str
    help_url: str
    sign_in: bool


@dataclass(frozen=True, slots=True)
class NewPollPage:
    """The form of a question."""

    url: str
    typed: Mapping[str, str]
    answers: Sequence[str]
    faults: Mapping[str, str]
    audiences: Sequence[tuple[str, str, str]]
    groups: Sequence[tuple[str, str]]
    hours: Sequence[tuple[str, str]]
    chip: ContextChip | None
    about: str
    polls_url: str
    help_url: str


@pages.get("/polls")
def polls() -> Response:
    """Open questions for the viewer, and their own with results."""
    me = viewer_id()
    page = PollsPage(poll_views(polls_shown(me), me),
                     poll_views(polls_shown(me, own=True), me) if me else [],
                     url_for("bundles.new_poll"), url_for("dialogue.new", about="/polls"))
    return answer("bundles/polls.html", page)


@pages.get("/polls/<code>")
def poll(code: str) -> Response:
    """A question for those who are asked."""
    me = viewer_id()
    row = poll_for(code, me)
    goods = cards([o.product_id for o in row.options if o.product_id], current_lang())
    page = PollPage(
        row.question, poll_views([row], me)[0], _about(row.about_url).chip,
        [(goods[o.product_id].picture, o.words, o.url) for o in row.options
         if o.product_id is not None and o.product_id in goods], url_for("bundles.polls"),
        url_for("dialogue.new", about=row.url), me is None and not row.ended)
    return answer("bundles/poll.html", page)


@pages.get("/polls/new")
@signed_in
def new_poll() -> Response:
    """Ask about a bundle, a product, or between some of them."""
    about = request.args.get("about", "")[:200]
    typed = {"question": _("Should I?") if about else ""}
    return _page(about, typed, [_("Yes"), _("No")] if about else [], {})


@pages.post("/polls/new", endpoint="new_poll_post")
@signed_in
@limiter.limit("60 per hour")
def new_poll_post() -> Response:
    """Ask; what was typed stays where something is wrong."""
    about, form = request.form.get("about", "")[:200], PollForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    words = [clean(one) or "" for one in request.form.getlist("answer")[:MOST_OPTIONS]]
    try:
        with committing():
            row = actions.open_poll(person_id(), _new(typed, words, _about(about)), current_lang())
    except Invalid as fault:
        return _page(about, typed, words, fault.faults, 422)
    except (TooMany, NotYours) as fault:
        return _page(about, typed, words, {"question": fault.sentence}, fault.status)
    flash(_("Asked. You are told when it ends."), "good")
    return see_other(url_for("bundles.poll", code=row.code))


def _new(typed: Mapping[str, str], words: Sequence[str], about: About) -> NewPoll:
    """What the form says."""
    own = {g.slug: g.id for g in of_person(person_id(), current_lang(), person_id())}
    hours = typed["hours"][:4]
    return NewPoll(typed["question"], [_answer(one) for one in words if one],
                   int(hours) if hours.isdecimal() else None, typed["audience"],
                   own.get(typed["group"]), about.bundle_id, about.product_id)


def _answer(words: str) -> tuple[str, int | None]:
    """An answer; the address of a product on this site becomes the product by its title."""
    steps = [step for step in parts_of(words).path.split("/") if step]
    if len(steps) == 2 and steps[0] == "products" and ("://" in words or words[0] == "/"):
        found = visible_product_id(steps[1])
        if found is not None:
            return title_of(steps[1], current_lang()), found
    return words, None


def _about(path: str) -> About:
    """What a path is about, if this person may see it."""
    steps = path.split("?")[0].strip("/").split("/")
    if len(steps) != 2:
        return About()
    if steps[0] == "bundles":
        try:
            row = bundle_for(steps[1], viewer_id())
        except NotFound:
            return About()
        return About(ContextChip(row.title, row.url, ""), bundle_id=row.id)
    found = visible_product_id(steps[1]) if steps[0] == "products" else None
    card = cards([found], current_lang()).get(found) if found else None
    if card is None:
        return About()
    return About(ContextChip(card.title, card.url, "", card.picture), product_id=card.id)


def _page(about: str, typed: Mapping[str, str], answers: Sequence[str],
          faults: Mapping[str, str], status: int = 200) -> Response:
    me, lang = person_id(), current_lang()
    groups = [(g.slug, g.name) for g in of_person(me, lang, me)]
    audiences = [("friends", _("Friends"), _("people you follow and who follow you")),
                 *([("group", _("One of my groups"), "")] if groups else []),
                 ("public", _("Everybody"), "")]
    page = NewPollPage(
        url_for("bundles.new_poll_post"), typed, [*answers, *[""] * MOST_OPTIONS][:MOST_OPTIONS],
        faults, audiences, groups, [("", _("please choose")), *(
            (str(n), hour_words(n)) for n in HOURS)],
        _about(about).chip, about, url_for("bundles.polls"),
        url_for("dialogue.new", about="/polls/new"))
    return answer("bundles/new_poll.html", page, status)


def hour_words(hours: int) -> str:
    """A stretch of time in words."""
    if hours % 24:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s day", "%(num)s days", hours // 24)


@pages.post("/polls/<code>/vote")
@limiter.limit("240 per hour")
def answer_poll(code: str) -> Response:
    """Say what one would do; the result shows after it."""
    me, row = person_id(), poll_for(code, viewer_id())
    choice = request.form.get("choice", "")[:18]
    with committing():
        actions.answer_poll(row.id, me, int(choice) if choice.isdecimal() else 0)
    return back(row.url)


@pages.post("/polls/<code>/close")
@signed_in
@limiter.limit("60 per hour")
def close_poll(code: str) -> Response:
    """End one's own question before its time."""
    row = poll_for(code, person_id())
    with committing():
        actions.close_poll(row.id, person_id())
    flash(_("Ended. Everybody you asked sees the result."), "good")
    return see_other(row.url)
