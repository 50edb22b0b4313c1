"""Whom a wish was put to and why; a house's wishes; saying that one does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.groups.queries import names
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, names_of_houses, role_at
from marketplace.recommend import actions
from marketplace.recommend.models import Ask
from marketplace.recommend.queries import (
    RouteRow,
    ask_cards,
    asks_of_house,
    goods_one_likes,
    routes_i_speak_for,
)
from marketplace.recommend.queries.asks import AskRow
from marketplace.recommend.queries.having import goods_having
from marketplace.recommend.queries.words import wish_words
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, ThreadCard, pager

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class PutTo:
    """A house or group that was asked, why, and whether it said that it does not fit."""

    name: str
    url: str
    why: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class PutToUs:
    """Why a viewer's house or group was asked; `url` takes fits=yes or no."""

    words: str
    url: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class HouseAsksPage:
    """Wishes that were put to a house, with why and the ways to answer."""

    producer: str
    studio_url: str
    cards: Sequence[tuple[ThreadCard, str, str, PutToUs]]
    pager: PagerView
    choices_url: str
    all_url: str
    help_url: str


def people_asked(rows: Sequence[RouteRow]) -> str:
    """How many people were asked, in words; "" for nobody."""
    count = sum(row.person_id is not None for row in rows)
    return ngettext("Put to %(num)s person who has rated much of it.",
                    "Put to %(num)s people who have rated much of it.", count) if count else ""


def put_to(ask: Ask, rows: Sequence[RouteRow]) -> list[PutTo]:
    """Houses and groups that were asked. Loads: at most 2 statements."""
    groups = names({row.group_id for row in rows if row.group_id is not None})
    houses = _houses({row.producer_id for row in rows if row.producer_id is not None})
    found = []
    for row in rows:
        if row.producer_id in houses:
            slug, name = houses[row.producer_id or 0]
            url = url_for("storefront.producer", slug=slug)
        elif row.group_id in groups:
            slug, name = groups[row.group_id or 0]
            url = url_for("storefront.group", slug=slug)
        else:
            continue
        found.append(PutTo(name, url, why_words(ask, row), row.wrong))
    return found


def _houses(ids: set[int]) -> Mapping[int | None, tuple[str, str]]:
    return {number: (slug, name) for number, slug, name in names_of_houses(ids)} if ids else {}


def why_words(ask: Ask | AskRow, row: RouteRow) -> str:
    """What of a wish is the reason that somebody was asked, in words."""
    chips = [ask.chips[n] for n in row.matched or () if n < len(ask.chips)]
    return ", ".join(wish_words(chips, current_lang()))


def put_to_us(ask: Ask, me: int) -> list[PutToUs]:
    """Where a viewer speaks for a house or group that was asked. Loads: at most 3 statements."""
    rows = routes_i_speak_for(ask.id, me)
    return [_ours(ask.code, row, view.why, view.name)
            for row in rows for view in put_to(ask, [row])]


def goods_to_answer(ask: Ask, me: int) -> tuple[str, Sequence[int]]:
    """Goods to answer with, and what they are: of one's house that was asked, else those one would
    buy again. Loads: at most 3 statements.
    """
    for row in routes_i_speak_for(ask.id, me):
        ids = goods_having(row.producer_id, ask.chips, ask.id) if row.producer_id else []
        if ids:
            return _("Something of yours that fits?"), ids
    return (_("One of the things you would buy again?"),
            goods_one_likes(me, ask.subject_id, ask.id))


def _ours(code: str, row: RouteRow, why: str, name: str) -> PutToUs:
    words = _("%(name)s was asked because of: %(why)s.", name=name, why=why) if why \
        else _("%(name)s was asked.", name=name)
    return PutToUs(words, url_for("recommend.ask_fits", code=code, route_id=row.id), row.wrong)


@pages.post("/asks/<code>/fits/<int:route_id>", endpoint="ask_fits")
@signed_in
@limiter.limit("60 per hour")
def fits(code: str, route_id: int) -> Response:
    """Say that a wish does not fit one's house or group, so that the next is asked."""
    said = request.form.get("fits", "")
    with committing():
        actions.say_fits(code, route_id, person_id(), said)
    flash(_("It stands with your wishes again.") if said == "yes" else
          _("Thank you. It is put to somebody else, if somebody else has it."), "good")
    return see_other(url_for("recommend.ask", code=code))


@pages.get("/studio/wishes", endpoint="house_asks")
@signed_in
def house_asks() -> Response:
    """What people wish for that this house has."""
    me, number = person_id(), asked_page(100)
    role = role_at(me, request.args.get("producer", ""))
    demand(role, "answer")
    rows, total = asks_of_house(role.producer_id, me, (number - 1) * A_PAGE, A_PAGE)
    cards = ask_cards([ask for ask, _route in rows], me)
    return answer("recommend/house_asks.html", HouseAsksPage(
        role.name, url_for("dialogue.studio", producer=role.slug),
        [_house_card(role, card, ask, route)
         for card, (ask, route) in zip(cards, rows, strict=True)],
        pager(Pages(rows, number, A_PAGE, total)),
        url_for("producers.choices", producer=role.slug, _anchor="takes_wishes")
        if role.role in ("owner", "editor") else "",
        url_for("recommend.asks", list="board"), url_for("dialogue.new", about="/studio/wishes")))


def _house_card(role: Role, card: ThreadCard, ask: AskRow, route: RouteRow
                ) -> tuple[ThreadCard, str, str, PutToUs]:
    return (card, why_words(ask, route), url_for("recommend.answer", code=ask.code),
            _ours(ask.code, route, "", role.name))
