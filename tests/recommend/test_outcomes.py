"""What recommendations led to: the six journeys, small circles, telling, and counting anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.insights.rules import attribution
from marketplace.journal.actions import flush_if_due
from marketplace.notify.models import Notice
from marketplace.orders.models import Order, OrderLine
from marketplace.recommend.actions import recount_outcomes
from marketplace.recommend.models import Outcome, Signal
from marketplace.recommend.rules.outcomes import Bought, Led, is_open_circle, led_to
from marketplace.web.links import mint
from tests.cast import Cast
from tests.recommend.test_views_recommend import WINE, count, follows, given
from tests.stories.test_circle import order_by, send

START = datetime(2026, 3, 1, tzinfo=UTC)


def line(buyer: str, product: str, day: int, *named: str) -> Bought:
    """One line of an order of its own."""
    return Bought(buyer, ord(product), day, START + timedelta(days=day), 1, frozenset(named))


JOURNEYS = [
    line("guest1", "W", 0), line("two", "W", 5, "r7"), line("three", "W", 31),
    line("three", "C", 32), line("four", "W", 33), line("guest5", "W", 34),
    line("guest5", "C", 35), line("two", "W", 45)]
"""checkout 3.5: eight lines; only that of (2) names r7; (6) is the same person 40 days later."""


def test_six_journeys() -> None:
    """recommend-9: r7 reads "1 purchase, 1 re-purchase"."""
    assert led_to(JOURNEYS, {"r7": "author"}) == {"r7": Led(1, 1, 1)}


def test_six_journeys_agree_with_insights() -> None:
    """recommend-9: the operator's rule says the same of the same eight lines."""
    lines = [attribution.Line(one.buyer, one.product, one.at,
                              tuple(attribution.Touch("recommendation", ref) for ref in one.named)
                              or (attribution.Touch("direct"),), str(one.order))
             for one in JOURNEYS]
    said = attribution.outcome(lines, attribution.Touch("recommendation", "r7"), "author")
    assert (said.purchases, said.repurchases) == (1, 1)


@pytest.mark.parametrize(("day", "again"), [(5, 0), (6, 1), (370, 1), (371, 0)])
def test_again_is_within_a_year(day: int, again: int) -> None:
    """365 days after day 5 is day 370; the same moment is no second time."""
    lines = [line("two", "W", 5, "r7"), replace(line("two", "W", day), order=999)]
    assert led_to(lines, {"r7": "a"})["r7"].reorders == again


def test_own_purchases_never_count() -> None:
    """recommend-1: the author buys by the own link."""
    assert led_to([line("a", "W", 1, "r7"), line("a", "W", 2)], {"r7": "a"}) == {}


def test_same_order_is_no_repurchase_and_unknown_codes_are_left_out() -> None:
    """Two lines of one order, of which one names r7; r8 is no recommendation of ours."""
    lines = [line("b", "W", 1, "r7", "r8"), replace(line("b", "W", 2), order=1)]
    assert led_to(lines, {"r7": "a"}) == {"r7": Led(1, 1, 0)}


@pytest.mark.parametrize(("audience", "members", "is_open"), [
    ("all", 0, True), ("members", 0, True), ("group", 10, True), ("group", 9, False),
    ("person", 0, False)])
def test_small_circles_are_not_counted(audience: str, members: int, is_open: bool) -> None:
    """insights-9."""
    assert is_open_circle(audience, members) is is_open


def outcome() -> tuple[int, ...]:
    """The only row of outcomes, counted anew."""
    flush_if_due(force=True)
    with committing():
        recount_outcomes()
    row = db.session.execute(db.select(
        Outcome.opened, Outcome.basket, Outcome.orders, Outcome.units, Outcome.reorders,
        Outcome.told)).one()
    db.session.rollback()
    return tuple(row)


def buy(cast: Cast, client: FlaskClient, code: str = "", qty: int = 1) -> str:
    """Cleo's way through the shop, by the link of a recommendation or directly."""
    token = mint("recommendation", code) if code else ""
    number = order_by(cast, client, WINE.removeprefix("/products/"), qty, token)
    send(cast, "ana", f"{number}-1")
    return number


def test_from_opening_to_buying_again(cast: Cast, client: FlaskClient) -> None:
    """recommend-1: opened twice, twice in a basket, 2 pieces in 1 order, once again; own acts no.

    Eva recommends. A visitor opens the page, cleo the link of the product; eva's own look and
    basket do not count. Cleo buys two by it, then one without it; a second count is the same.
    """
    eva, cleo = cast.browser("eva"), cast.browser("cleo")
    proof = given(cast, eva)
    code = proof.removeprefix("/suggestions/r-")
    client.get(proof)
    cleo.get(f"{WINE}?e={mint('recommendation', code)}")
    for own in (proof, f"{WINE}?e={mint('recommendation', code)}"):
        eva.get(own)
    wine = cast.goods(WINE.removeprefix("/products/"))
    for who in (eva, client):
        cast.post(who, "/basket/lines", variant=wine.variant_id, qty=1,
                  source=mint("recommendation", code))
    buy(cast, cleo, code, 2)
    buy(cast, cleo)
    assert outcome() == outcome() == (2, 2, 1, 2, 1, 0)
    page = eva.get("/account/recommendations?lang=en").get_data(as_text=True)
    assert "opened: 2 · in baskets: 2 · ordered: 1 · ordered again: 1" in page
    assert "Cleo" not in page
    led = cast.browser("olga").get("/operator/recommendations?lang=en").get_data(as_text=True)
    assert "Slate Riesling" in led and "Cleo" not in led


def test_chain_in_the_middle_counts(cast: Cast) -> None:
    """recommend-9: r7 on day 1, the group on day 3, bought on day 5: the group is last."""
    code = given(cast, cast.browser("eva")).removeprefix("/suggestions/r-")
    number = buy(cast, cast.browser("cleo"))
    with committing():
        order = db.session.scalar(db.select(Order.id).where(Order.number == number))
        assert order is not None
        db.session.execute(db.update(OrderLine).values(
            source_kind="group", source_ref="g2",
            source_chain=[["recommendation", code], ["group", "g2"]]))
    assert outcome()[2:5] == (1, 1, 0)


def test_to_one_person_only_what_was_told(cast: Cast) -> None:
    """insights-9: cleo, the only addressee, buys by it; the author learns it when she tells."""
    eva, cleo = cast.browser("eva"), cast.browser("cleo")
    follows(cast, "cleo", "eva")
    code = given(cast, eva, audience="person", person="cleo").removeprefix("/suggestions/r-")
    told = f"/recommendations/{code}/bought"
    assert cast.post(cleo, told).status_code == 403
    buy(cast, cleo, code)
    assert outcome()[2] == 1
    page = eva.get("/account/recommendations?lang=en").get_data(as_text=True)
    assert "ordered: 1" not in page and "told you" not in page and "your word" not in page
    assert "told: 0" in cast.browser("olga").get(
        "/operator/recommendations?lang=en").get_data(as_text=True)
    assert cast.post(cast.browser("dan"), told).status_code == 404
    for _time in range(2):
        assert cast.post(cleo, told).status_code == 303
    outcome()
    assert "1 person told you that they bought it" in eva.get(
        "/account/recommendations?lang=en").get_data(as_text=True)


@pytest.mark.parametrize(("chosen", "notices"), [(False, 0), (True, 2)])
def test_thanks_and_outcomes_reach_only_who_chose_them(
    cast: Cast, chosen: bool, notices: int
) -> None:
    """recommend-15: no notice without a choice; with it one for thanks and one for telling."""
    eva, cleo = cast.browser("eva"), cast.browser("cleo")
    if chosen:
        with committing():
            from marketplace.notify.actions import choose

            choose(cast.id("eva"), "thanks", "app", True)
    code = given(cast, eva).removeprefix("/suggestions/r-")
    buy(cast, cleo, code)
    before = _notices(cast)
    cast.post(cleo, f"/recommendations/{code}/thanks")
    cast.post(cleo, f"/recommendations/{code}/bought")
    assert _notices(cast) - before == notices


def _notices(cast: Cast) -> int:
    found: Any = db.session.scalar(db.select(db.func.count()).select_from(Notice).where(
        Notice.person_id == cast.id("eva")))
    db.session.rollback()
    return int(found)


def test_buying_again_is_evidence_of_taste(cast: Cast) -> None:
    """recommend, taste signal: re-ordered .8; the first order says nothing."""
    cleo = cast.browser("cleo")
    buy(cast, cleo)
    assert count(Signal) == 0
    buy(cast, cleo)
    rows = db.session.execute(db.select(Signal.value, Signal.source)).all()
    assert [tuple(row) for row in rows] == [(0.8, "order_again")]
