"""Surveys in the hands of those who run the market: made, started, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.touchpoints import actions
from marketplace.touchpoints.queries import (
    QuestionView,
    SurveyRow,
    answers_of,
    houses_repeating,
    questions_of,
    score_words,
    survey_rows,
)
from marketplace.touchpoints.rules import ACTS, LONGEST_QUESTION, SURVEY_KINDS, Wording, wording
from marketplace.touchpoints.views import pages
from marketplace.touchpoints.views.results import Result, results
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day, percent
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang

MOST_WORDS = 50
TYPED = ("act", "kind", "first_de", "first_en", "second_de", "second_en")


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey in the list."""

    words: str
    url: str
    when_words: str
    state_words: str
    counts_words: str


@dataclass(frozen=True, slots=True)
class SurveysPage:
    """All surveys beside the form for a new one."""

    rows: Sequence[SurveyLine]
    form: PlainForm
    help_url: str


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """One survey: how people see it, what became of it, what they said."""

    title: str
    when_words: str
    state_words: str
    why_words: str
    steps: Sequence[tuple[str, str]]
    step_url: str
    shown: Sequence[QuestionView]
    other: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, int]]
    results: Sequence[Result]
    too_few: str
    houses: Sequence[tuple[str, str, str]]
    words: Sequence[tuple[str, str, str, str]]
    list_url: str
    help_url: str


def act_words() -> dict[str, str]:
    """After what is asked."""
    return {"order": _("after an order was placed"), "parcel": _("after a parcel came"),
            "closed": _("after a matter was closed by who brought it"),
            "answered": _("after a producer answered"),
            "rated": _("after somebody said whether they would buy it again")}


def how_words() -> dict[str, str]:
    """How is asked."""
    return {"three_level": _("disappointing, okay, delighting"), "repeat": _("yes or no"),
            "csat": _("how content, 1 to 5"), "ces": _("how easy, 1 to 7"),
            "nps": _("how likely to recommend, 0 to 10"), "open": _("in their own words")}


def state_words(row: SurveyRow) -> str:
    """Where a survey stands."""
    return {"draft": _("draft"), "running": _("asks"), "paused": _("pauses"),
            "ended": _("ended")}[row.state]


@pages.get("/operator/surveys", endpoint="surveys")
@operators_only
def surveys() -> Response:
    """What is asked after which act, and what became of it."""
    return _list({}, {}, 200)


@pages.post("/operator/surveys")
@operators_only
def surveys_post() -> Response:
    """A draft of a new one; words that are left empty are ours."""
    typed = {name: clean(str(sent().get(name, ""))) or "" for name in TYPED}
    ours = wording(typed["kind"] if typed["kind"] in SURVEY_KINDS else "open", typed["act"])
    asked = [Wording(typed["first_de"], typed["first_en"])
             if typed["first_de"] or typed["first_en"] else ours]
    if typed["second_de"] or typed["second_en"]:
        asked.append(Wording(typed["second_de"], typed["second_en"]))
    try:
        with committing():
            row = actions.make_survey(person_id(), typed["act"], typed["kind"], asked)
    except Invalid as fault:
        return _list(typed, {{"first": "first_de", "second": "second_de"}.get(name, name): words
                             for name, words in fault.faults.items()}, 422)
    flash(_("A draft. Look at it as people will see it, then start it."), "info")
    return see_other(url_for("touchpoints.operated_survey", survey_id=row.id))


@pages.get("/operator/surveys/<int:survey_id>", endpoint="operated_survey")
@operators_only
def operated_survey(survey_id: int) -> Response:
    """One survey with its figures and words."""
    rows = survey_rows(survey_id)
    if not rows:
        raise NotFound(_("There is nothing at this address."))
    return answer("touchpoints/operated_survey.html", _one(rows[0]))


@pages.post("/operator/surveys/<int:survey_id>")
@operators_only
def survey_step(survey_id: int) -> Response:
    """Start, pause, end or drop it."""
    step = str(sent().get("step", ""))
    with committing():
        actions.step_survey(survey_id, person_id(), step)
    flash({"start": _("It asks from now on."), "pause": _("It pauses; nobody is asked."),
           "end": _("It ended. What was said stays."), "drop": _("The draft is gone.")}[step],
          "good")
    return see_other(url_for("touchpoints.surveys") if step == "drop" else
                     url_for("touchpoints.operated_survey", survey_id=survey_id))


def _list(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    rows = [SurveyLine(
        _own(row.questions[0]), url_for("touchpoints.operated_survey", survey_id=row.id),
        act_words()[row.act], state_words(row),
        ngettext("%(num)s asked", "%(num)s asked", row.asks) + " · " + ngettext(
            "%(num)s answered", "%(num)s answered", row.counts["answered"])
        if row.asks else "") for row in survey_rows()]
    return answer("touchpoints/surveys.html", SurveysPage(
        rows, _form(typed, faults), url_for("dialogue.new", about="/operator/surveys")), status)


def _own(question: tuple[str, str]) -> str:
    """A question in the language of the page."""
    return question[1] if current_lang() == "en" else question[0]


def _one(row: SurveyRow) -> SurveyPage:
    shares = results(row)
    said = "" if shares or row.kind == "open" else _(
        "Shares show from five answers on.")
    houses = [(name, f"/producers/{slug}", _("%(share)s of %(n)s", share=percent(k / n), n=n))
              for name, slug, k, n in houses_repeating(row.id, 1)] if row.kind in (
                  "repeat", "three_level") else []
    return SurveyPage(
        _own(row.questions[0]), act_words()[row.act], state_words(row), _why(row), _steps(row),
        url_for("touchpoints.survey_step", survey_id=row.id),
        questions_of(row.kind, [_own(one) for one in row.questions]),
        [("de", de) if current_lang() == "en" else ("en", en) for de, en in row.questions],
        _counts(row), shares, said, houses,
        [(day(at), words, f"@{who}" if who else "", score_words(row.kind, score)
          if score is not None else "") for at, words, who, score in answers_of(
              row.id, MOST_WORDS)],
        url_for("touchpoints.surveys"),
        url_for("dialogue.new", about=f"/operator/surveys/{row.id}"))


def _why(row: SurveyRow) -> str:
    if row.state != "paused" or row.paused_at is None:
        return ""
    return _("It paused by itself on %(day)s: more than 30 percent of those asked declined. Ask "
             "something else, or something shorter.", day=day(row.paused_at)) if row.annoyed else \
        _("Paused on %(day)s.", day=day(row.paused_at))


def _steps(row: SurveyRow) -> list[tuple[str, str]]:
    words = {"start": _("Start asking") if row.state == "draft" else _("Go on asking"),
             "pause": _("Pause"), "end": _("End it"), "drop": _("Drop the draft")}
    return [(step, words[step]) for step, (allowed, _state) in actions.STEPS.items()
            if row.state in allowed]


def _counts(row: SurveyRow) -> list[tuple[str, int]]:
    words = {"answered": _("answered"), "declined": _("“No thanks”"),
             "never": _("“Do not ask again”"), "expired": _("not looked at for 7 days"),
             "offered": _("still open")}
    return [(_("people asked"), row.asks), *((words[name], row.counts[name]) for name in words),
            (_("called the letter a nuisance"), row.complaints)]


def _form(typed: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    def words(name: str, label: str, lang: str, hint: str = "") -> Field:
        return Field(name, label, typed.get(name, ""), hint, length=LONGEST_QUESTION, lang=lang)

    blank = [("", _("Please choose"))]
    acts, hows = act_words(), how_words()
    return PlainForm(url_for("touchpoints.surveys_post"), [
        Section(_("A new survey"), _("One click and a line of words, at most 15 seconds."), [
            Field("act", _("When"), typed.get("act", ""), kind="select", optional=False,
                  choices=[*blank, *((name, acts[name]) for name in ACTS)]),
            Field("kind", _("How"), typed.get("kind", ""), kind="select", optional=False,
                  choices=[*blank, *((name, hows[name]) for name in SURVEY_KINDS)])]),
        Section(_("First question"), _("Left empty, we ask in our words."), [
            words("first_de", _("in German"), "de"), words("first_en", _("in English"), "en")]),
        Section(_("Second question"), _("Answered in words, and never needed."), [
            words("second_de", _("in German"), "de"), words("second_en", _("in English"), "en")])],
        faults, _("Make a draft"))
