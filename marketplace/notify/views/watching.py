"""The studio's page of words that a house watches for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.notify.actions.watching import FINDS_KEPT, turn, watch
from marketplace.notify.queries.watching import Find, finds_of, watched_by
from marketplace.notify.rules.watching import MOST_WORDS, sentence_with
from marketplace.notify.views import pages
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import moment
from marketplace.web.forms import clean
from marketplace.web.limits import limiter
from marketplace.web.shapes import plain_words

MOST_SHOWN = 50
Watched = tuple[int, str, bool, bool]
"""A word: its number, itself, whether it is an own one, whether it is watched for."""


@dataclass(frozen=True, slots=True)
class FindRow:
    """A place where watched words were said."""

    watched: str
    words: str
    about: str
    url: str
    lang: str
    when: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Where a house's words were said, and what it watches for: own words and its name, names of
    its goods.
    """

    producer: str
    house: str
    studio_url: str
    finds: Sequence[FindRow]
    own: Sequence[Watched]
    named: Sequence[Watched]
    named_words: str
    form: PlainForm
    box: Box
    help_url: str


def _house() -> Role:
    """The house in the address, if the person answers for it."""
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "answer")
    return role


@pages.get("/studio/words", endpoint="words")
@signed_in
def words() -> Response:
    """Where our words were said, and which they are."""
    return _page(_house(), "", {})


@pages.post("/studio/words", endpoint="words_post")
@limiter.limit("240 per hour")
@signed_in
def words_post() -> Response:
    """Watch for more words, or no longer for some."""
    role, number = _house(), request.form.get("turn", "")
    typed = clean(request.form.get("words", "")) or ""
    try:
        with committing():
            if number.isdecimal() and len(number) < 18:
                turn(role.producer_id, int(number))
            else:
                watch(role.producer_id, typed)
    except Invalid as fault:
        return _page(role, typed, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("notify.words", producer=role.slug))


def _page(role: Role, typed: str, faults: Mapping[str, str], status: int = 200) -> Response:
    finds = finds_of(role.producer_id, person_id(), clock.now() - FINDS_KEPT, MOST_SHOWN)
    rows = [(row.kind, (row.id, row.words, row.kind == "own", row.on))
            for row in watched_by(role.producer_id)]
    named = [one for kind, one in rows if kind == "goods"]
    page = WordsPage(
        role.name, role.slug, url_for("dialogue.studio", producer=role.slug),
        [_row(one) for one in finds],
        [one for kind, one in rows if kind != "goods"], named,
        ngettext("%(num)s name of goods", "%(num)s names of goods", len(named)),
        _form(role, typed, faults), _never(), url_for("dialogue.new", about="/studio/words"))
    return answer("notify/words.html", page, status)


def _form(role: Role, typed: str, faults: Mapping[str, str]) -> PlainForm:
    return PlainForm(url_for("notify.words_post", producer=role.slug), [Section(
        _("More words"), _("Whole words in any spelling, such as: Kaltbach; Riesling of the Mosel"),
        [Field("words", _("Word or phrase"), typed,
               _("At most %(n)s words together.", n=MOST_WORDS), length=400, optional=False)])],
        faults, _("Watch for them"), [("house", role.slug)])


def _never() -> Box:
    return Box(_("What is never shown"), [
        (_("Private threads, closed and secret groups."), ""),
        (_("Words of somebody with whom there is a block."), ""),
        (_("What was said to you anyway; that stands in the studio."), "")])


def _row(found: Find) -> FindRow:
    said = sentence_with(found.watched, found.words) or found.words
    return FindRow(found.watched, plain_words(said), found.about, found.url, found.lang,
                   moment(found.at))
