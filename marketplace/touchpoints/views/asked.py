"""Answering a short question, and what one was asked so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.notify.actions import choose
from marketplace.notify.queries import choices_of
from marketplace.notify.rules import SURVEY, is_on
from marketplace.touchpoints import actions
from marketplace.touchpoints.queries import AskView, ask_by_code, asks_of, never_asked
from marketplace.touchpoints.views import pages
from marketplace.web.access import guest_orders, person_id, safe_next, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

MOST_LISTED = 100
TYPED = ("answer-1", "answer-2")


@dataclass(frozen=True, slots=True)
class AskPage:
    """One short question on a page of its own."""

    ask: AskView
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    done_words: str
    help_url: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What one was asked, and whether more may come; rows of day, question, what was said."""

    rows: Sequence[tuple[str, str, str]]
    never: bool
    mail: bool
    url: str
    help_url: str


@pages.get("/surveys/<code>")
def survey(code: str) -> Response:
    """A short question, where a letter leads or an answer was not complete."""
    return _page(_asked(code), {}, {}, 200)


@pages.post("/surveys/<code>", endpoint="survey_post")
@limiter.limit("60 per hour")
def survey_post(code: str) -> Response:
    """An answer, no thanks, or never again; then on with what one did."""
    ask, step = _asked(code), str(sent().get("step", ""))
    typed = {name: clean(str(sent().get(name, ""))) or "" for name in TYPED}
    try:
        with committing():
            if step == "answer":
                actions.answer_survey(ask.id, typed, sent().get("named") == "1")
            else:
                actions.decline(ask.id, step == "never")
    except Invalid as fault:
        return _page(ask, typed, fault.faults, 422)
    flash({"answer": _("Thank you. We read every answer."),
           "never": _("Nothing is asked of you any more. You can change that in your account.")
           }.get(step, _("All right. Thank you for looking at it.")), "good")
    return see_other(safe_next("/account/surveys" if ask.person_id else "/"))


def _asked(code: str) -> AskView:
    """A question for whom it is asked. Raises NotFound for all others."""
    ask, me = ask_by_code(code[:24], current_lang()), viewer_id()
    if ask is None or not (ask.person_id == me if ask.person_id is not None
                           else ask.order_number in guest_orders()):
        raise NotFound(_("There is nothing at this address."))
    return ask


def _page(ask: AskView, typed: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    return answer("touchpoints/survey.html", AskPage(
        ask, typed, faults, "" if ask.open else _("This question is done with. Thank you."),
        url_for("dialogue.new", about=ask.url)), status)


@pages.get("/account/surveys", endpoint="own_surveys")
@signed_in
def own_surveys() -> Response:
    """What I was asked and said, and whether anything more is asked."""
    me = person_id()
    rows = asks_of(me, current_lang(), MOST_LISTED)
    ended = {"offered": _("open"), "declined": _("no thanks"), "never": _("never again"),
             "expired": _("not answered"), "answered": "–"}
    return answer("touchpoints/own_surveys.html", OwnPage(
        [(day(at), words, said or ended[state]) for at, words, state, said in rows],
        never_asked(me), is_on(SURVEY, "mail", choices_of(me)),
        url_for("touchpoints.own_surveys_post"),
        url_for("dialogue.new", about="/account/surveys")))


@pages.post("/account/surveys")
@signed_in
def own_surveys_post() -> Response:
    """Never ask again, ask again, and whether questions come by mail too."""
    me, step = person_id(), str(sent().get("step", ""))
    with committing():
        if step == "never":
            actions.never_ask(me)
        elif step == "again":
            actions.ask_again(me)
        elif step in ("mail", "no-mail"):
            choose(me, SURVEY, "mail", step == "mail", place="surveys")
    flash(_("Saved."), "good")
    return see_other(url_for("touchpoints.own_surveys"))
