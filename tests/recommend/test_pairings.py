"""recommend-11: pairings are typed, voteable, and usable as filter by search and bundles."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from marketplace.bundles.rules import fit
from marketplace.catalog.models import Product
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import MarketError, NotYours, TooMany
from marketplace.foundation.jobs import run_due
from marketplace.recommend.actions import forget_person, propose, vote_pairing
from marketplace.recommend.models import Pairing, PairingVote
from marketplace.recommend.queries import (
    fitting,
    fitting_product,
    going_with_product,
    pairings_of,
)
from marketplace.recommend.rules.pairings import holds, is_shown, pair
from marketplace.search.jobs import rebuild
from tests.cast import Cast
from tests.recommend.test_taste_page import HAT, RED, WINE, shown

JUMPER = "fischerpullover"


def counts() -> list[tuple[int, int]]:
    """Yes and no of all pairings, by their number."""
    found = db.session.execute(db.select(Pairing.up, Pairing.down).order_by(Pairing.id)).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def code() -> str:
    """The public code of the only pairing."""
    found = db.session.scalars(db.select(Pairing.code)).one()
    db.session.rollback()
    return found


def say(cast: Cast, handle: str, one: str, other: str | None = None,
        occasion: int | None = None) -> bool:
    """Somebody says what goes with what."""
    goods = cast.goods(one).product_id
    beside = cast.goods(other).product_id if other else None
    person = cast.id(handle)
    db.session.rollback()
    with committing():
        return propose(person, goods, beside, occasion)


def page_of(cast: Cast, handle: str, slug: str, end: str = "/pairings") -> str:
    """A page of a product, in English."""
    return cast.browser(handle).get(f"/products/{slug}{end}?lang=en").get_data(as_text=True)


@pytest.mark.parametrize(("up", "down", "authors", "score"), [
    (12, 2, 7, 0.5920), (0, 0, 20, 0.4000), (40, 10, 0, 0.3348), (3, 0, 2, 0.2193)])
def test_score_of_what_goes_together(up: int, down: int, authors: int, score: float) -> None:
    """bundles 3.12: the four vectors of the specification, to four digits."""
    assert fit(up, down, authors).score == pytest.approx(score, abs=5e-5)


def test_when_a_pairing_is_shown_and_when_it_filters() -> None:
    """Shown with more yes than no; a filter from two more on; a pair has one order."""
    assert [is_shown(*v) for v in ((1, 0), (1, 1), (0, 0), (3, 2))] == [True, False, False, True]
    assert [holds(*v) for v in ((1, 0), (2, 0), (3, 2), (4, 2))] == [False, True, False, True]
    assert pair(7, 3) == pair(3, 7) == (3, 7)


def test_proposed_from_either_side_it_is_one_pairing(cast: Cast) -> None:
    """Cleo proposes wine with hat, eva hat with wine: one row, two yes, named on both pages."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    assert cast.post(cleo, f"/products/{WINE}/pairings", other=HAT).status_code == 303
    assert cast.post(eva, f"/products/{HAT}/pairings", other=WINE).status_code == 303
    assert cast.post(eva, f"/products/{HAT}/pairings", other=WINE).status_code == 303
    assert counts() == [(2, 0)]
    for here, there in ((WINE, "Dyke wind hat"), (HAT, "Slate Riesling")):
        page = page_of(cast, "dan", here)
        assert there in page and "2 for, 0 against" in page
        product = page_of(cast, "dan", here, "")
        assert there in product and "goes together: 2 for, 0 against" in product


def test_votes_turn_and_are_taken_back(cast: Cast) -> None:
    """One voice each, the last one counts; the next page says so at once."""
    say(cast, "cleo", WINE, HAT)
    dan, path = cast.browser("dan"), f"/pairings/{code()}/vote"
    dan.get(f"/products/{WINE}")
    for vote, expected in (("up", (2, 0)), ("up", (2, 0)), ("down", (1, 1)), ("none", (1, 0)),
                           ("none", (1, 0))):
        assert cast.post(dan, path, vote=vote).status_code == 303
        assert counts() == [expected]
        said = f"goes together: {expected[0]} for, {expected[1]} against"
        assert (said in page_of(cast, "dan", WINE, "")) is (expected != (1, 1))
    row = pairings_of(cast.goods(WINE).product_id, cast.id("cleo"))[0]
    assert (row.other_id, row.mine) == (cast.goods(HAT).product_id, 1)


def test_nobody_decides_on_goods_of_the_own_house(cast: Cast) -> None:
    """Ana made the wine, bert the hat: neither proposes the pair nor votes on it; the page says
    why there are no buttons, and 403 changes nothing."""
    for handle, here, there in (("ana", WINE, HAT), ("bert", WINE, HAT), ("ana", HAT, WINE)):
        answer = cast.post(cast.browser(handle), f"/products/{here}/pairings", other=there)
        assert answer.status_code == 403
    assert counts() == []
    say(cast, "cleo", WINE, HAT)
    for handle in ("ana", "bert"):
        done = cast.post(cast.browser(handle), f"/pairings/{code()}/vote", vote="down")
        assert done.status_code == 403
        with pytest.raises(NotYours), committing():
            vote_pairing(code(), cast.id(handle), 1)
    assert counts() == [(1, 0)]
    assert "You act for this producer" in page_of(cast, "ana", WINE)


@pytest.mark.parametrize(("sent", "status"), [
    ({}, 422), ({"other": WINE}, 422), ({"other": HAT, "occasion": "fish"}, 422),
    ({"other": "no-such-thing"}, 422), ({"other": "' OR 1=1 --"}, 422),
    ({"occasion": "no-such-occasion"}, 422), ({"other": "x" * 5000}, 422),
    ({"other": "\u202e<script>"}, 422), ({"other": "\x00<script>"}, 400)])
def test_hostile_proposals_change_nothing(cast: Cast, sent: dict[str, str], status: int) -> None:
    """Nothing, itself, both ends, unknown or endless ones: a sentence, no row."""
    answer = cast.post(cast.browser("cleo"), f"/products/{WINE}/pairings", **sent)
    assert answer.status_code == status and "<script>" not in answer.get_data(as_text=True)
    assert counts() == []


def test_hostile_votes_and_strangers_change_nothing(cast: Cast, app: Flask) -> None:
    """An unknown vote 422, an unknown pairing 404, a visitor is asked to sign in."""
    say(cast, "cleo", WINE, HAT)
    dan = cast.browser("dan")
    assert cast.post(dan, f"/pairings/{code()}/vote", vote="99").status_code == 422
    assert cast.post(dan, "/pairings/none/vote", vote="up").status_code == 404
    assert cast.post(app.test_client(), f"/pairings/{code()}/vote", vote="up").status_code == 303
    visitor = app.test_client().get(f"/products/{WINE}/pairings?lang=en").get_data(as_text=True)
    assert "1 for, 0 against" in visitor and "Sign in to propose and vote" in visitor
    assert counts() == [(1, 0)]


def test_goods_that_are_gone_are_neither_proposed_nor_named(cast: Cast) -> None:
    """A stopped hat: 404 for new pairings; the old one is on no page, and back with the hat."""
    say(cast, "cleo", WINE, HAT)
    hat = cast.goods(HAT).product_id
    db.session.rollback()
    for state, there in (("stopped", False), ("published", True)):
        with committing():
            db.session.execute(db.update(Product).where(Product.id == hat).values(state=state))
        assert bool(fitting([cast.goods(WINE).product_id])) is there
        db.session.rollback()
        if not there:
            with pytest.raises(MarketError), committing():
                propose(cast.id("dan"), cast.goods(RED).product_id, hat)


def test_twenty_proposals_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is per person; votes stay free. Here it is two."""
    monkeypatch.setattr("marketplace.recommend.actions.pairings.A_DAY", 2)
    say(cast, "cleo", WINE, HAT)
    say(cast, "cleo", RED, HAT)
    with pytest.raises(TooMany):
        say(cast, "cleo", WINE, JUMPER)
    assert say(cast, "eva", WINE, JUMPER) and not say(cast, "cleo", WINE, JUMPER)
    assert counts() == [(1, 0), (1, 0), (2, 0)]


def test_a_pairing_filters_lists_from_two_more_yes_on(cast: Cast) -> None:
    """search-8: one voice puts nothing into a filter; two do; both ends find each other."""
    client, wine = cast.browser("dan"), cast.goods(WINE).product_id
    say(cast, "cleo", WINE, HAT)
    assert going_with_product(wine) == frozenset() and shown(client, f"/products?with={WINE}") == []
    db.session.rollback()
    say(cast, "eva", WINE, HAT)
    assert shown(client, f"/products?with={WINE}") == [HAT]
    assert shown(client, f"/search?q=&with={HAT}") == [WINE]
    page = client.get(f"/products?with={WINE}&lang=en").get_data(as_text=True)
    assert "goes with Slate Riesling" in page
    assert shown(client, "/products?with=no-such-thing") == []
    assert "unknown: no-such-thing" in client.get("/products?with=no-such-thing&lang=en").get_data(
        as_text=True)


def test_an_occasion_said_by_members_is_a_filter_of_search(cast: Cast) -> None:
    """search-8: the hat goes with a present; after two yes the index knows it."""
    gift = db.session.execute(
        db.text("SELECT id, slug FROM occasions WHERE slug <> 'fish' ORDER BY id")).first()
    db.session.rollback()
    rebuild()
    client = cast.browser("dan")
    say(cast, "cleo", HAT, occasion=gift.id)
    run_due()
    assert HAT not in shown(client, f"/products?occasion={gift.slug}")
    say(cast, "eva", HAT, occasion=gift.id)
    run_due()
    assert HAT in shown(client, f"/products?occasion={gift.slug}")
    assert "2 for, 0 against" in page_of(cast, "dan", HAT, "")
    assert "2 for, 0 against" in page_of(cast, "dan", HAT)


def test_the_board_suggests_what_goes_with_the_rest(cast: Cast) -> None:
    """bundles 3.12: on a free board with the wine, the hat is suggested for the open places."""
    say(cast, "cleo", WINE, HAT)
    eva = cast.browser("eva")
    wine = cast.goods(WINE)
    db.session.rollback()
    made = cast.post(eva, "/bundles/new", template="free", title="An evening by the sea")
    assert made.status_code == 303
    edit = made.headers["Location"].partition("#")[0]
    page = eva.get(f"{edit}?lang=en").get_data(as_text=True)
    assert "Goes well with the rest:" not in page
    cast.post(eva, edit, step="add", product=wine.product_id, slot="one")
    page = eva.get(f"{edit}?lang=en").get_data(as_text=True)
    assert "Goes well with the rest:" in page and "Dyke wind hat" in page
    assert "goes together: 1 for, 0 against" in page


def test_goods_without_pairings_cost_no_statement(cast: Cast, statements: list[str]) -> None:
    """The product's page: two statements a minute for all goods nobody paired."""
    say(cast, "cleo", WINE, HAT)
    wine, red, hat = (cast.goods(slug).product_id for slug in (WINE, RED, HAT))
    assert fitting_product(red) == ((), ())
    statements.clear()
    assert fitting_product(red) == ((), ()) and not statements
    assert [one.product_id for one in fitting_product(wine)[0]] == [hat]
    statements.clear()
    assert [one.product_id for one in fitting_product(wine)[0]] == [hat] and not statements


def test_at_the_same_moment_it_is_still_one_pairing(cast: Cast, app: Flask) -> None:
    """Six people propose the same pair at once: one row, six yes, nothing lost."""
    people = [cast.id(handle) for handle in ("cleo", "dan", "eva", "gina", "max", "olga")]
    wine, hat = (cast.goods(slug).product_id for slug in (WINE, HAT))
    db.session.rollback()
    faults: list[BaseException] = []

    def work(act: Callable[[], Any]) -> None:
        with app.app_context():
            try:
                with committing():
                    act()
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=work, args=(
        lambda one=one, turn=n % 2: propose(one, *((wine, hat) if turn else (hat, wine))),))
        for n, one in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults and counts() == [(6, 0)]


def test_an_erased_person_votes_no_more(cast: Cast) -> None:
    """people: her voice and her name as proposer are gone, the pairing stays for the others."""
    say(cast, "cleo", WINE, HAT)
    say(cast, "eva", WINE, HAT)
    cleo = cast.id("cleo")
    db.session.rollback()
    with committing():
        forget_person(cleo)
    assert counts() == [(1, 0)]
    assert db.session.scalars(db.select(Pairing.proposer_id)).all() == [None]
    assert cleo not in set(db.session.scalars(db.select(PairingVote.person_id)))


def test_search_for_something_to_propose_needs_no_script(cast: Cast) -> None:
    """A plain form: words, goods with a button each; what stands there already has none."""
    rebuild()
    cleo = cast.browser("cleo")
    page = cleo.get(f"/products/{WINE}/pairings?q=hat&lang=en").get_data(as_text=True)
    assert f'action="/products/{WINE}/pairings?other={HAT}&amp;' in page
    cast.post(cleo, f"/products/{WINE}/pairings?other={HAT}")
    page = cleo.get(f"/products/{WINE}/pairings?q=hat&lang=en").get_data(as_text=True)
    assert f'action="/products/{WINE}/pairings?other={HAT}&amp;' not in page
    assert "stands there already" in page
