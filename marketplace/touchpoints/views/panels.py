"""Questions to the panel in the hands of those who run the market: made, put, decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.touchpoints import actions
from marketplace.touchpoints.queries import PanelRow, panel_members, panel_rows
from marketplace.touchpoints.rules import LONGEST_ABOUT, LONGEST_TITLE, LONGEST_WORDS
from marketplace.touchpoints.views import pages
from marketplace.touchpoints.views.voices import (
    Comment,
    Decided,
    Voices,
    comments,
    decided,
    decision_words,
    own,
    state_words,
    voices,
)
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang

ASKED = ("title_de", "title_en", "words_de", "words_en", "about_de", "about_en", "link",
         "closes_on")
REASONS = ("decision", "reason_de", "reason_en")


@dataclass(frozen=True, slots=True)
class OperatedLine:
    """A question in the list."""

    title: str
    url: str
    state_words: str
    votes_words: str


@dataclass(frozen=True, slots=True)
class PanelsPage:
    """All questions beside the form for a new one."""

    rows: Sequence[OperatedLine]
    members_words: str
    form: PlainForm
    help_url: str


@dataclass(frozen=True, slots=True)
class OperatedPanelPage:
    """One question: how members see it, what they said, and what is decided."""

    about: str
    title: str
    words: str
    link: str
    state_words: str
    other: tuple[str, str, str]
    steps: Sequence[tuple[str, str]]
    step_url: str
    voices: Voices
    comments: Sequence[Comment]
    decision: Decided | None
    form: PlainForm | None
    list_url: str
    help_url: str


@pages.get("/operator/panels", endpoint="panels")
@operators_only
def panels() -> Response:
    """What the panel was asked, and what was decided."""
    return _list({}, {}, 200)


@pages.post("/operator/panels")
@operators_only
def panels_post() -> Response:
    """A draft of a new question."""
    typed = {name: clean(str(sent().get(name, ""))) or "" for name in ASKED}
    try:
        with committing():
            row = actions.make_panel(typed, person_id())
    except Invalid as fault:
        return _list(typed, fault.faults, 422)
    flash(_("A draft. Look at it as members will see it, then put it to the panel."), "info")
    return see_other(url_for("touchpoints.operated_panel", panel_id=row.id))


@pages.get("/operator/panels/<int:panel_id>", endpoint="operated_panel")
@operators_only
def operated_panel(panel_id: int) -> Response:
    """One question with votes and words."""
    return _one(panel_id, {}, {}, 200)


@pages.post("/operator/panels/<int:panel_id>")
@operators_only
def panel_step(panel_id: int) -> Response:
    """Put it to the panel, end it, drop the draft, or publish the decision."""
    step = str(sent().get("step", "decide"))
    typed = {name: clean(str(sent().get(name, ""))) or "" for name in REASONS}
    try:
        with committing():
            if step == "decide":
                actions.decide_panel(panel_id, person_id(), typed)
            else:
                actions.step_panel(panel_id, person_id(), step)
    except Invalid as fault:
        return _one(panel_id, typed, fault.faults, 422)
    flash({"ask": _("It is put to the panel."), "end": _("The voting is over."),
           "drop": _("The draft is gone.")}.get(step, _("Published to the panel.")), "good")
    return see_other(url_for("touchpoints.panels") if step == "drop" else
                     url_for("touchpoints.operated_panel", panel_id=panel_id))


def _list(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    rows = [OperatedLine(own(row.title), url_for("touchpoints.operated_panel", panel_id=row.id),
                         state_words(row), ngettext("%(num)s vote", "%(num)s votes", row.votes))
            for row in panel_rows(None, drafts=True)]
    return answer("touchpoints/panels.html", PanelsPage(
        rows, ngettext("%(num)s member is of it.", "%(num)s members are of it.",
                       panel_members()), _form(typed, faults),
        url_for("dialogue.new", about="/operator/panels")), status)


def _one(panel_id: int, typed: Mapping[str, str], faults: Mapping[str, str], status: int
         ) -> Response:
    row = next(iter(panel_rows(None, panel_id, drafts=True)), None)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    turned = ("de", row.title[0], row.words[0]) if current_lang() == "en" else (
        "en", row.title[1], row.words[1])
    return answer("touchpoints/operated_panel.html", OperatedPanelPage(
        own(row.about), own(row.title), own(row.words), row.link, state_words(row), turned,
        _steps(row), url_for("touchpoints.panel_step", panel_id=panel_id), voices(panel_id),
        comments(panel_id, None), decided(row),
        _decision(panel_id, typed, faults) if row.over else None, url_for("touchpoints.panels"),
        url_for("dialogue.new", about=f"/operator/panels/{panel_id}")), status)


def _steps(row: PanelRow) -> list[tuple[str, str]]:
    if row.state == "draft":
        return [("ask", _("Put it to the panel")), ("drop", _("Drop the draft"))]
    return [("end", _("End it now"))] if row.open else []


def _decision(panel_id: int, typed: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    def reason(lang: str, label: str) -> Field:
        return Field(f"reason_{lang}", label, typed.get(f"reason_{lang}", ""), kind="area",
                     length=LONGEST_WORDS, lang=lang, optional=False)

    return PlainForm(url_for("touchpoints.panel_step", panel_id=panel_id), [Section(
        _("Decide"), _("Members read it with your reason; it stays as it is."), [
            Field("decision", _("What is decided"), typed.get("decision", ""), kind="select",
                  optional=False, choices=[("", _("Please choose")), *decision_words().items()]),
            reason("de", _("Why, in German")), reason("en", _("Why, in English"))])],
        faults, _("Publish the decision"))


def _form(typed: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    def field(name: str, label: str, length: int, lang: str = "", hint: str = "",
              **more: object) -> Field:
        return Field(name, label, typed.get(name, ""), hint, length=length, lang=lang,
                     **{"optional": False, **more})  # type: ignore[arg-type]

    def words(lang: str) -> list[Field]:
        return [field(f"about_{lang}", _("What it is about"), LONGEST_ABOUT, lang,
                      _("such as: waiting for the parcel")),
                field(f"title_{lang}", _("Question"), LONGEST_TITLE, lang),
                field(f"words_{lang}", _("What members should know"), LONGEST_WORDS, lang,
                      kind="area")]

    return PlainForm(url_for("touchpoints.panels_post"), [
        Section(_("A new question"), _("Members answer from 0 to 10, with words if they like."), [
            field("closes_on", _("Open until"), 10, type="date"),
            field("link", _("A page here that shows it"), 200, hint=_("such as /orders"),
                  optional=True)]),
        Section(_("In German"), "", words("de")), Section(_("In English"), "", words("en"))],
        faults, _("Make a draft"))
