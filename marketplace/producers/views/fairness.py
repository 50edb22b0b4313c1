"""Terms and exceptions in the hands of those who run the market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.queries.dealing import all_terms, deviations, terms_on
from marketplace.producers.queries.opening import trader_counts
from marketplace.producers.views import pages
from marketplace.producers.views.dealing import version_view
from marketplace.producers.views.evidence import day_of
from marketplace.producers.views.operating import operator_tabs, totals
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class FairnessPage:
    """A list of what was announced or made, and the form for more."""

    title: str
    lead: str
    tabs: Sequence[tuple[str, str, bool, int | None]]
    rows: Sequence[tuple[str, str, str]]
    versions: Sequence[tuple[str, str, Any]]
    empty: str
    form: PlainForm
    help_url: str


def _sent() -> dict[str, str]:
    return {name: clean(value) or "" for name, value in request.form.items()}


@pages.get("/operator/producers/exceptions", endpoint="deviations")
@operators_only
def deviation_list() -> Response:
    """What holds for one producer only."""
    return _deviations({}, {}, 200)


@pages.post("/operator/producers/exceptions", endpoint="deviations_post")
@operators_only
def deviations_post() -> Response:
    """Note one more, or end one."""
    words = _sent()
    try:
        with committing():
            if words.get("end", "").isdecimal():
                actions.end_deviation(person_id(), int(words["end"]))
            else:
                actions.keep_deviation(person_id(), words.get("slug", ""), words.get("what", ""),
                                       words.get("why", ""), day_of(words.get("to_on", "")))
    except Invalid as fault:
        return _deviations(words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("producers.deviations"))


def _deviations(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    form = PlainForm(url_for("producers.deviations_post"), [Section(
        _("One more"), _("It stands on the page of fees at once, for everybody."), [
            Field("slug", _("Producer, as in the address of its page"), words.get("slug", ""),
                  length=60, optional=False),
            Field("what", _("What is different"), words.get("what", ""), length=200,
                  optional=False),
            Field("why", _("Why"), words.get("why", ""), kind="area", length=300,
                  optional=False),
            Field("to_on", _("Until"), words.get("to_on", ""), type="date")])], faults, _("Keep"))
    rows = []
    for one in deviations(past=True):
        over = one.to_on is not None and one.to_on <= clock.today()
        span = _("%(begin)s to %(end)s", begin=day(one.from_on), end=day(one.to_on)) \
            if one.to_on else _("since %(day)s", day=day(one.from_on))
        rows.append((f"{one.producer}: {one.what}", f"{span}. {one.why}",
                     "" if over else str(one.id)))
    return answer("producers/fairness.html", FairnessPage(
        _("Exceptions"), _("Functions, fees and places are the same for all. What is not stands "
                           "here and on the page of fees."),
        operator_tabs("deviations", totals(trader_counts())), rows, [],
        _("Nothing is different for anybody."), form,
        url_for("dialogue.new", about="/operator/producers")), status)


@pages.get("/operator/terms", endpoint="terms_operated")
@operators_only
def terms_operated() -> Response:
    """Every version of the terms, and the form for new ones."""
    return _terms({}, {}, 200)


@pages.post("/operator/terms", endpoint="terms_post")
@operators_only
def terms_post() -> Response:
    """Announce new terms; each producer gets a letter."""
    words = _sent()
    try:
        with committing():
            actions.announce_terms(person_id(), words.get("words_de", ""),
                                   words.get("words_en", ""), day_of(words.get("valid_from", "")))
    except Invalid as fault:
        return _terms(words, fault.faults, 422)
    flash(_("Announced. Each producer gets a letter."), "good")
    return see_other(url_for("producers.terms_operated"))


def _terms(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    form = PlainForm(url_for("producers.terms_post"), [Section(
        _("New terms"), _("They bind fifteen days after today at the earliest; every producer "
                          "gets a letter now."), [
            Field("words_de", _("In German"), words.get("words_de", ""), kind="area",
                  length=60_000, lang="de", optional=False),
            Field("words_en", _("In English"), words.get("words_en", ""), kind="area",
                  length=60_000, lang="en", optional=False),
            Field("valid_from", _("Bind from"), words.get("valid_from", ""), type="date",
                  optional=False)])], faults, _("Announce"))
    now = terms_on(clock.today())
    return answer("producers/fairness.html", FairnessPage(
        _("Terms for producers"), "", operator_tabs("terms", totals(trader_counts())), [],
        [version_view(row, now) for row in all_terms()], _("No terms have been announced yet."),
        form, url_for("dialogue.new", about="/operator/producers")), status)
