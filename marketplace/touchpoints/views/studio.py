"""What buyers said of one house when they were asked, for its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.dialogue.actions import close_case
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.touchpoints.queries import SaidOfHouse, said_to_house, shares_of_house
from marketplace.touchpoints.views import pages
from marketplace.touchpoints.views.results import Result, share
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import month
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang

MOST = 100


@dataclass(frozen=True, slots=True)
class SaidRow:
    """An answer; `waits`: nobody of the house has read it yet, and it was a disappointment."""

    ask_id: int
    when: str
    question: str
    level: str
    words: str
    who: str
    waits: bool


@dataclass(frozen=True, slots=True)
class HouseSurveysPage:
    """What was said, disappointments that wait first, and shares from five answers on."""

    producer: str
    studio_url: str
    url: str
    slug: str
    rows: Sequence[SaidRow]
    results: Sequence[tuple[str, Result]]
    help_url: str


@pages.get("/studio/surveys", endpoint="studio")
@signed_in
def studio() -> Response:
    """Answers about the house, without names but where somebody gave theirs."""
    role = _house("see")
    found = said_to_house(role.producer_id, current_lang(), MOST)
    page = HouseSurveysPage(
        role.name, url_for("dialogue.studio", producer=role.slug),
        url_for("touchpoints.studio_post", producer=role.slug), role.slug,
        [_row(one) for one in found],
        [(words, share(_("disappointing"), k, n))
         for words, k, n in shares_of_house(role.producer_id, current_lang())],
        url_for("dialogue.new", about="/studio/surveys"))
    return answer("touchpoints/studio.html", page)


@pages.post("/studio/surveys")
@signed_in
def studio_post() -> Response:
    """Somebody of the house read a disappointment."""
    role, ask = _house("answer"), str(sent().get("ask", ""))[:18]
    known = {one.ask_id for one in said_to_house(role.producer_id, current_lang(), MOST)}
    if not ask.isdecimal() or int(ask) not in known:
        raise NotFound(_("There is nothing at this address."))
    with committing():
        close_case("survey", int(ask))
    flash(_("Noted as read."), "good")
    return see_other(url_for("touchpoints.studio", producer=role.slug))


def _house(right: str) -> Role:
    """The house in the address, for who may do that. Raises NotFound, NotYours."""
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, right)
    return role


def _row(one: SaidOfHouse) -> SaidRow:
    return SaidRow(one.ask_id, month(one.at), one.question, one.score_words, one.words,
                   f"@{one.who}" if one.who else "", one.waits)
