"""Texts elsewhere in the hands of the operator, and a reader's word that a link is dead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.touchpoints.actions import (
    look_at_mention,
    note_mention,
    take_out_mention,
    tell_dead,
)
from marketplace.touchpoints.queries import (
    Kept,
    kind_words,
    mention_counts,
    mention_of,
    mentions,
)
from marketplace.touchpoints.rules import LONGEST_EXCERPT
from marketplace.touchpoints.views import pages
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, Tab, pager

A_PAGE = 20
TYPED = ("about", "url", "source", "published_on", "kind", "mood", "excerpt")


def mood_words() -> dict[str, str]:
    """What a text thinks of it."""
    return {"praise": _("praises it"), "mixed": _("sees both sides"), "critical": _("criticises")}


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One text as the list shows it; `step_url` takes what was seen at the link."""

    about: str
    path: str
    source: str
    url: str
    words: str
    excerpt: str
    state: str
    step_url: str


@dataclass(frozen=True, slots=True)
class MentionsPage:
    """Texts elsewhere beside the form for a new one."""

    tabs: Sequence[Tab]
    rows: Sequence[MentionRow]
    pager: PagerView
    empty: str
    form: PlainForm
    help_url: str


@pages.get("/operator/mentions", endpoint="mentions")
@operators_only
def mentions_list() -> Response:
    """What portals, tests, blogs and the press say; the dead links to look at first."""
    return _page({}, {}, 200)


@pages.post("/operator/mentions")
@operators_only
def mentions_post() -> Response:
    """Keep one more."""
    typed = {name: clean(str(sent().get(name, ""))) or "" for name in TYPED}
    try:
        with committing():
            note_mention(typed, person_id())
    except Invalid as fault:
        return _page(typed, fault.faults, 422)
    flash(_("Kept. It stands on the page it is about."), "good")
    return see_other(url_for("touchpoints.mentions"))


@pages.post("/operator/mentions/<int:mention_id>")
@operators_only
def mention_step(mention_id: int) -> Response:
    """Somebody looked at the link, or takes the text out."""
    if mention_of(mention_id, current_lang()) is None:
        raise NotFound(_("There is nothing at this address."))
    step = str(sent().get("step", ""))
    with committing():
        if step == "out":
            take_out_mention(mention_id, person_id())
        else:
            look_at_mention(mention_id, step == "dead", person_id())
    flash(_("Taken out.") if step == "out" else _("Noted, with today's day."), "good")
    return see_other(url_for("touchpoints.mentions", look="again"))


@pages.post("/mentions/<int:mention_id>/dead")
def dead(mention_id: int) -> Response:
    """A reader found nothing behind the link."""
    row = mention_of(mention_id, current_lang())
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    with committing():
        tell_dead(mention_id)
    flash(_("Thank you. Somebody will look at this link."), "good")
    return back(row.path)


def _page(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    again, number = request.args.get("look") == "again", asked_page(1000)
    total, due = mention_counts()
    rows = mentions(again, current_lang(), A_PAGE, (number - 1) * A_PAGE)
    return answer("touchpoints/mentions.html", MentionsPage(
        [(_("All"), url_for("touchpoints.mentions"), not again, total),
         (_("To look at again"), url_for("touchpoints.mentions", look="again"), again, due)],
        [_row(one) for one in rows], pager(Pages(rows, number, A_PAGE, due if again else total)),
        _("No link waits for somebody to look.") if again else
        _("No text from elsewhere is kept yet."), _form(typed, faults),
        url_for("dialogue.new", about="/operator/mentions")), status)


def _row(one: Kept) -> MentionRow:
    words = f"{kind_words()[one.kind]} · {mood_words()[one.mood]} · {day(one.published_on)}"
    state = _("told dead on %(day)s", day=day(one.dead_told_at)) if one.dead_told_at else \
        _("dead since %(day)s", day=day(one.checked_at)) if one.dead else \
        _("looked at on %(day)s", day=day(one.checked_at))
    about = f"{one.title} · {one.producer}" if one.title else one.producer
    return MentionRow(about, one.path, one.source, one.url, words, one.excerpt, state,
                      url_for("touchpoints.mention_step", mention_id=one.id))


def _form(typed: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    def field(name: str, label: str, hint: str = "", **more: object) -> Field:
        return Field(name, label, typed.get(name, ""), hint,
                     **{"optional": False, **more})  # type: ignore[arg-type]

    blank = [("", _("Please choose"))]
    return PlainForm(url_for("touchpoints.mentions_post"), [Section(
        _("Keep a text from elsewhere"),
        _("With its source, so that everybody can read it whole; praise and criticism alike."), [
            field("about", _("About which page here"), _("such as /products/riesling"),
                  length=300),
            field("url", _("Its address"), "https://", type="url", length=300),
            field("source", _("Who published it"), length=80),
            field("published_on", _("When it appeared"), type="date"),
            field("kind", _("What it is"), kind="select", choices=[*blank, *kind_words().items()]),
            field("mood", _("What it thinks"), kind="select",
                  choices=[*blank, *mood_words().items()]),
            field("excerpt", _("A sentence from it"),
                  _("At most %(n)s signs, word for word.", n=LONGEST_EXCERPT), kind="area",
                  length=LONGEST_EXCERPT, optional=True)])], faults, _("Keep it"))
