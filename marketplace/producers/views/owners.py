"""Houses whose owners are away, in the hands of those who run the market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers import actions
from marketplace.producers.queries.opening import trader_counts
from marketplace.producers.queries.owners import (
    AwayHouse,
    StaffSeen,
    away_count,
    away_house,
    away_houses,
    staff_seen,
)
from marketplace.producers.views import pages
from marketplace.producers.views.checking import A_PAGE, WaitingPage
from marketplace.producers.views.operating import id_ways, operator_tabs, totals
from marketplace.producers.views.staff import role_words
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import pager


@dataclass(frozen=True, slots=True)
class OwnerPage:
    """A house without an owner who signs in: its people, and the form that names another one."""

    name: str
    url: str
    list_url: str
    away: str
    people: Sequence[tuple[str, str]]
    form: PlainForm
    help_url: str


@pages.get("/operator/producers/owners", endpoint="away")
@operators_only
def away() -> Response:
    """Houses none of whose owners has signed in for sixty days, the longest first."""
    number, total = asked_page(1000), away_count()
    rows = away_houses(A_PAGE, (number - 1) * A_PAGE)
    return answer("producers/waiting.html", WaitingPage(
        _("Owners away"), operator_tabs("away", totals(trader_counts())),
        [(row.name, _away_words(row), url_for("producers.owner", slug=row.slug)) for row in rows],
        pager(Pages(rows, number, A_PAGE, total)),
        _("Every house has an owner who signs in."),
        url_for("dialogue.new", about="/operator/producers")))


@pages.get("/operator/producers/<slug>/owner", endpoint="owner")
@operators_only
def owner(slug: str) -> Response:
    """The people of one such house, and the form."""
    return _page(_house(slug), {}, {}, 200)


@pages.post("/operator/producers/<slug>/owner", endpoint="owner_post")
@operators_only
def owner_post(slug: str) -> Response:
    """Name another owner; everybody of the house is told."""
    house, words = _house(slug), {n: clean(v) or "" for n, v in request.form.items()}
    try:
        with committing():
            actions.name_owner(slug, person_id(), words.get("handle", ""), words.get("way", ""),
                               words.get("why", ""))
    except Invalid as fault:
        return _page(house, words, fault.faults, 422)
    flash(_("Kept. Everybody of the house is told."), "good")
    return see_other(url_for("producers.away"))


def _house(slug: str) -> AwayHouse:
    found = away_house(slug)
    if found is None:
        raise NotFound(_("An owner of this house signs in; nobody has to be named."))
    return found


def _away_words(house: AwayHouse) -> str:
    return _("no owner has signed in since %(day)s", day=day(house.last_on)) if house.last_on \
        else _("no owner has an account any more")


def _person(row: StaffSeen) -> tuple[str, str]:
    seen = _("last signed in on %(day)s", day=day(row.last_on)) if row.last_on else \
        _("account gone")
    return f"{row.shown_name} (@{row.handle})", f"{role_words()[row.role]} · {seen}"


def _page(house: AwayHouse, words: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    form = PlainForm(url_for("producers.owner_post", slug=house.slug), [Section(
        _("Name another owner"), _("Who was owner before stays it, and is told as well."), [
            Field("handle", _("Name of the member"), words.get("handle", ""),
                  _("Such as @lena: somebody of the house, or another member."), length=40,
                  optional=False),
            Field("way", _("Compared with"), words.get("way", ""), kind="select",
                  choices=[("", _("please choose")), *id_ways()], optional=False),
            Field("why", _("What shows that this person may act for the house"),
                  words.get("why", ""), _("Stands in the operator's log."), kind="area",
                  length=300, optional=False)])], faults, _("Name the owner"))
    return answer("producers/owner.html", OwnerPage(
        house.name, f"/producers/{house.slug}", url_for("producers.away"), _away_words(house),
        [_person(row) for row in staff_seen(house.producer_id)], form,
        url_for("dialogue.new", about="/operator/producers")), status)
