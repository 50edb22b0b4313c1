"""Days without orders, and the end of a house."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.queries import Role
from marketplace.producers.rules import may
from marketplace.producers.views import pages
from marketplace.producers.views.evidence import day_of
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.forms import clean


def _sent() -> dict[str, str]:
    return {name: clean(value) or "" for name, value in request.form.items()}


@pages.get("/studio/pause")
@signed_in
def pause() -> Response:
    """Take no orders for a while, or never again."""
    return _page(house("texts"), {}, {}, {}, 200)


@pages.post("/studio/pause", endpoint="pause_post")
@signed_in
def pause_post() -> Response:
    """Pause until a day, or sell again."""
    role, words = house("texts"), _sent()
    try:
        with committing():
            if role.state == "paused":
                actions.resume(role)
            else:
                until = day_of(words.get("until", ""))
                if until is None:
                    raise Invalid({"until": _("Please choose a day.")})
                actions.pause(role, until, words.get("words", ""))
    except Invalid as fault:
        return _page(role, words, fault.faults, {}, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.pause", role))


@pages.post("/studio/end", endpoint="end_post")
@signed_in
def end_post() -> Response:
    """End the house for good; the owner types its name."""
    role, words = house("closing"), _sent()
    try:
        with committing():
            actions.end_producer(role, words.get("name", ""))
    except Invalid as fault:
        return _page(role, words, {}, fault.faults, 422)
    flash(_("Ended. Your page and what buyers said stay."), "good")
    return see_other(f"/producers/{role.slug}")


def _page(role: Role, words: Mapping[str, str], faults: Mapping[str, str],
          ending: Mapping[str, str], status: int) -> Response:
    forms = [form for form in (_pause_form(role, words, faults), _end_form(role, words, ending))
             if form is not None]
    notices = {"paused": ("info", _("Paused. Orders are taken again after the last day.")),
               "selling": ("good", _("You take orders.")),
               "ended": ("info", _("This house has ended. What is open can still be finished."))}
    return answer("producers/studio_page.html", StudioPage(
        frame(role, "producers.pause"), _("Pause and end"), "",
        [notices.get(role.state, ("info", _("You do not sell at present.")))], forms,
        [Box(_("While you pause"), [
            (_("Your page, questions and reviews go on."), ""),
            (_("The days count in no promise; what is due moves on."), ""),
            (_("Orders that are paid are still sent."), "")])]), status)


def _pause_form(role: Role, words: Mapping[str, str], faults: Mapping[str, str]
                ) -> PlainForm | None:
    hidden = [("house", role.slug)]
    if role.state == "paused":
        return PlainForm(here("producers.pause_post", role), [], faults, _("Sell again"), hidden)
    if role.state != "selling":
        return None
    return PlainForm(here("producers.pause_post", role), [Section(
        _("Until when"), _("Your page, questions and reviews go on; nothing can be ordered."), [
            Field("until", _("Last day of the pause"), words.get("until", ""), type="date",
                  optional=False),
            Field("words", _("Words for visitors"), words.get("words", ""), length=200)])],
        faults, _("Pause"), hidden)


def _end_form(role: Role, words: Mapping[str, str], faults: Mapping[str, str]
              ) -> PlainForm | None:
    if not may(role.role, "closing") or role.state in ("ended", "suspended"):
        return None
    return PlainForm(here("producers.end_post", role), [Section(
        _("End the house"), _("For good: goods go off sale, open orders are finished, nobody "
                              "follows any more. Your page and what buyers said stay."), [
            Field("name", _("Type %(name)s to end it", name=role.name), words.get("name", ""),
                  length=80, optional=False)])], faults, _("End for good"),
        [("house", role.slug)])
