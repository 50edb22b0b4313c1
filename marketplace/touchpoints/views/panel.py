"""The panel as its members see it: joining, voting, what came of it, and leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.notify.actions import choose
from marketplace.notify.queries import choices_of
from marketplace.notify.rules import PANEL, is_on
from marketplace.touchpoints import actions
from marketplace.touchpoints.queries import PanelRow, in_panel, panel_members, panel_rows
from marketplace.touchpoints.rules import TOP_SCORE
from marketplace.touchpoints.views import pages
from marketplace.touchpoints.views.voices import (
    Comment,
    Decided,
    Voices,
    comments,
    decided,
    own,
    state_words,
    voices,
)
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, sent
from marketplace.web.limits import limiter

STEPS = {"app": ("app", True), "no-app": ("app", False), "mail": ("mail", True),
         "no-mail": ("mail", False)}
SCORES = tuple(str(one) for one in range(TOP_SCORE + 1))


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A question in the list; `open` while one's vote is missing."""

    about: str
    title: str
    url: str
    state_words: str
    own_words: str
    open: bool


@dataclass(frozen=True, slots=True)
class PanelHome:
    """The panel: for who is not of it what it is, for members its questions."""

    member: bool
    members_words: str
    rows: Sequence[PanelLine]
    app: bool
    mail: bool
    url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question: the form while it is open, result and words after one's vote or the end."""

    about: str
    title: str
    words: str
    link: str
    state_words: str
    scores: Sequence[str]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    open: bool
    voted: bool
    url: str
    voices: Voices | None
    comments: Sequence[Comment]
    decision: Decided | None
    list_url: str
    help_url: str


@pages.get("/account/panel")
@signed_in
def panel() -> Response:
    """What the market asks its panel, and what it decided."""
    me, chosen = person_id(), choices_of(person_id())
    member, count = in_panel(me), panel_members()
    return answer("touchpoints/panel.html", PanelHome(
        member, ngettext("%(num)s member is of it.", "%(num)s members are of it.", count)
        if count else "", [_line(row) for row in panel_rows(me)] if member else [],
        is_on(PANEL, "app", chosen), is_on(PANEL, "mail", chosen),
        url_for("touchpoints.panel_post"), url_for("dialogue.new", about="/account/panel")))


def _line(row: PanelRow) -> PanelLine:
    said = _("your vote: %(score)s", score=row.own[0]) if row.own else ""
    return PanelLine(own(row.about), own(row.title),
                     url_for("touchpoints.panel_question", panel_id=row.id), state_words(row),
                     said, row.open and row.own is None)


@pages.post("/account/panel", endpoint="panel_post")
@signed_in
@limiter.limit("60 per hour")
def panel_post() -> Response:
    """Join, leave with or without one's votes, and what is told."""
    me, form = person_id(), sent()
    step = str(form.get("step", ""))
    with committing():
        if step == "join":
            actions.join_panel(me)
            if form.get("tell") == "1":
                choose(me, PANEL, "app", True, place="panel")
        elif step == "leave":
            actions.leave_panel(me, with_votes=form.get("votes") == "delete")
        elif step in STEPS and in_panel(me):
            choose(me, PANEL, *STEPS[step], place="panel")
    flash({"join": _("Welcome to the panel."), "leave": _("You are of the panel no more.")}.get(
        step, _("Saved.")), "good")
    return see_other(url_for("touchpoints.panel"))


@pages.get("/account/panel/<int:panel_id>", endpoint="panel_question")
@signed_in
def question(panel_id: int) -> Response:
    """One question to the panel."""
    return _page(panel_id, None, {}, 200)


@pages.post("/account/panel/<int:panel_id>")
@signed_in
@limiter.limit("60 per hour")
def panel_vote(panel_id: int) -> Response:
    """A vote, another one in its place, or none any more."""
    me, back = person_id(), str(sent().get("step", "")) == "back"
    typed = {name: clean(str(sent().get(name, ""))) or "" for name in ("score", "words")}
    try:
        with committing():
            if back:
                actions.take_vote_back(panel_id, me)
            else:
                actions.vote_panel(panel_id, me, typed["score"], typed["words"])
    except Invalid as fault:
        return _page(panel_id, typed, fault.faults, 422)
    flash(_("Your vote is gone.") if back else
          _("Thank you. You can change it as long as the question is open."), "good")
    return see_other(url_for("touchpoints.panel_question", panel_id=panel_id))


def _page(panel_id: int, typed: Mapping[str, str] | None, faults: Mapping[str, str], status: int
          ) -> Response:
    me = person_id()
    row = next(iter(panel_rows(me, panel_id)), None) if in_panel(me) else None
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    shown = row.own is not None or not row.open
    found = voices(panel_id) if shown else None
    kept = {"score": str(row.own[0]), "words": row.own[1]} if row.own else {}
    return answer("touchpoints/panel_question.html", QuestionPage(
        own(row.about), own(row.title), own(row.words), row.link, state_words(row), SCORES,
        kept if typed is None else typed, faults, row.open, row.own is not None,
        url_for("touchpoints.panel_vote", panel_id=panel_id), found,
        comments(panel_id, me) if found and found.rows else [], decided(row),
        url_for("touchpoints.panel"), url_for("dialogue.new", about=f"/account/panel/{panel_id}")),
        status)
