"""My taste: signals, people who agree, switches, and the choices of what lists go by."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.people.actions import give_consent, set_visibility
from marketplace.people.models import Person
from marketplace.recommend.actions import choose_named, keep_signal
from marketplace.recommend.models import Choices, Signal
from marketplace.recommend.queries import circle_of, signals_of, suggestions
from marketplace.recommend.queries.arrays import kept
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

WINE, HAT, RED = "riesling-vom-schiefer", "muetze-deichwind", "spaetburgunder-dorfkern"
ALL_ON = {"suggestions": "1", "compared": "1", "named": "1", "order": "taste",
          "accepts": "followed"}


def said(cast: Cast, handle: str, *slugs: str, again: bool = True) -> None:
    """Somebody would buy these again."""
    with committing():
        for slug in slugs:
            keep_signal(cast.id(handle), cast.goods(slug).product_id, 1.0 if again else 0.6, again,
                        "rating")


@pytest.fixture
def pair(cast: Cast) -> Cast:
    """Cleo and eva agree on wine and hat, both compared; cleo, who bought once, likes the red."""
    send(cast, "bert", f"{order_by(cast, cast.browser('cleo'), HAT)}-1")
    said(cast, "cleo", WINE, HAT, RED)
    said(cast, "eva", WINE, HAT)
    with committing():
        for handle in ("cleo", "eva"):
            give_consent(cast.id(handle), "taste_matching", "1", "test")
    return cast


def shown(client: FlaskClient, address: str) -> list[str]:
    """The goods a list shows, in order."""
    page = client.get(address).get_data(as_text=True)
    return re.findall(r'class="card-title"[^>]*><a href="/products/([\w-]+)', page)


def test_taste_page_names_who_agrees_and_what_i_said(pair: Cast) -> None:
    """Eva and cleo share two products and agree on both."""
    page = pair.browser("eva").get("/account/taste?lang=en").get_data(as_text=True)
    assert "you agreed on 2 of 2" in page and "Cleo" in page
    assert "Slate Riesling" in page and "you would buy it again" in page


def test_unnamed_people_are_counted_only(pair: Cast) -> None:
    """recommend-3: cleo is compared but wants no name; both sides read a number, no name."""
    with committing():
        choose_named(pair.id("cleo"), False)
    circle = circle_of(pair.id("eva"))
    assert (list(circle.named), circle.unnamed) == ([], 1)
    page = pair.browser("eva").get("/for-you?lang=en").get_data(as_text=True)
    assert "Cleo" not in page and "1 member of like taste would buy it again" in page


def test_a_block_hides_the_name(pair: Cast) -> None:
    """people 3.7: be named to A as a reason of a suggestion: no, both ways."""
    assert "Cleo" in pair.browser("eva").get("/for-you?lang=en").get_data(as_text=True)
    pair.post(pair.browser("cleo"), "/members/eva/block")
    assert "Cleo" not in pair.browser("eva").get("/for-you?lang=en").get_data(as_text=True)
    assert not circle_of(pair.id("eva")).named


def test_who_keeps_answers_private_is_not_named_to_followers(cast: Cast) -> None:
    """recommend-3: eva follows cleo, whose list of answers is for herself only."""
    said(cast, "cleo", WINE)
    send(cast, "bert", f"{order_by(cast, cast.browser('cleo'), HAT)}-1")
    eva = cast.browser("eva")
    cast.post(eva, "/members/cleo/follow")
    assert "Cleo" in eva.get("/for-you?lang=en").get_data(as_text=True)
    with committing():
        set_visibility(cast.id("cleo"), {"ratings": "me"})
    assert "Cleo" not in eva.get("/for-you?lang=en").get_data(as_text=True)


def test_forgetting_one_signal_counts_on_the_next_page(pair: Cast) -> None:
    """The row is gone, also in memory; a second time is 404, as is another's."""
    eva, wine = pair.browser("eva"), pair.goods(WINE).product_id
    kept()
    path = f"/account/taste/signals/{wine}/forget"
    assert pair.post(eva, path).status_code == 303
    assert [row.product_id for row in signals_of(pair.id("eva"))] == [pair.goods(HAT).product_id]
    assert kept().model.signals.count() == 4
    assert pair.post(eva, path).status_code == 404
    assert db.session.scalar(db.select(db.func.count()).select_from(Signal)) == 4


def test_export_holds_all_of_it(pair: Cast) -> None:
    """One file: signals, feedback, choices."""
    eva = pair.browser("eva")
    pair.post(eva, f"/products/{RED}/feedback", kind="know_it")
    whole = eva.get("/account/taste/export").get_json()
    assert {row["product"] for row in whole["signals"]} == {f"/products/{WINE}", f"/products/{HAT}"}
    assert [row["kind"] for row in whole["feedback"]] == ["know_it"]
    assert whole["choices"] == {"suggestions": True, "named": True, "compared": True,
                                "order": "taste", "accepts": "followed", "asked": False}


def test_objection_stops_matching_within_one_request(pair: Cast) -> None:
    """recommend-6: cleo objects; on eva's next page she speaks no more, and cleo has no list."""
    eva, cleo = pair.browser("eva"), pair.browser("cleo")
    assert "Cleo" in eva.get("/for-you?lang=en").get_data(as_text=True)
    off = {**ALL_ON, "suggestions": ""}
    assert pair.post(cleo, "/account/taste", **off).status_code == 303
    assert "Cleo" not in eva.get("/for-you?lang=en").get_data(as_text=True)
    assert "switched personal suggestions off" in cleo.get("/for-you?lang=en").get_data(True)
    assert not any(one.reckoned for one in suggestions(pair.id("cleo"), "en", 12))
    assert pair.post(cleo, "/account/taste", **ALL_ON).status_code == 303
    assert "Cleo" in eva.get("/for-you?lang=en").get_data(as_text=True)


def test_minors_are_not_profiled_and_see_no_alcohol(pair: Cast) -> None:
    """recommend-17: who stated 16 has no peers, is nobody's peer, and no wine in any list."""
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "cleo")
                           .values(age_class="16"))
    assert "Cleo" not in pair.browser("eva").get("/for-you?lang=en").get_data(as_text=True)
    for order in ("taste", "people", "verdict", "plain"):
        goods = shown(pair.browser("cleo"), f"/for-you?by={order}")
        assert WINE not in goods and RED not in goods, order


def test_without_personal_order_is_the_same_for_everybody(pair: Cast) -> None:
    """recommend-6: two members and a visitor read the same list with the same reasons."""
    with committing():
        keep_signal(pair.id("dan"), pair.goods(WINE).product_id, 0.6, False, "rating")
    pair.post(pair.browser("eva"), f"/products/{RED}/recommend", audience="all", step="send",
              reason="For long evenings with friends.")
    cards = []
    for reader in (pair.browser("eva"), pair.browser("dan"), pair.app.test_client()):
        page = reader.get("/for-you?by=plain&lang=en").get_data(as_text=True)
        cards.append(re.findall(r'class="reason[^>]*>.*?</', page, re.S) + shown(
            reader, "/for-you?by=plain"))
        lists = shown(reader, "/products?by=plain")
        assert lists == shown(pair.app.test_client(), "/products")
    assert cards[0] == cards[1] == cards[2] and cards[0]


def test_visitors_have_all_four_choices(client: FlaskClient) -> None:
    """recommend-6: signed out my people is empty and says how to begin."""
    page = client.get("/for-you?by=people&lang=en").get_data(as_text=True)
    assert page.count('href="/for-you?by=') >= 4 and "To follow somebody, sign in." in page


def test_my_people_stand_first_in_lists_until_switched_off(cast: Cast) -> None:
    """storefront 3.1: what cleo recommends stands first for eva, who follows her."""
    eva = cast.browser("eva")
    cast.post(eva, "/members/cleo/follow")
    plain = shown(eva, "/products?by=plain")
    last = plain[-1]
    cast.post(cast.browser("cleo"), f"/products/{last}/recommend", audience="all", step="send",
              reason="Good for every day of the year.")
    assert shown(eva, "/products") == [last, *plain[:-1]]
    assert shown(eva, "/products?by=plain") == plain
    assert cast.post(eva, "/account/taste/order", order="plain").status_code == 303
    assert shown(eva, "/products") == plain


def test_kept_order_is_the_one_shown_and_others_are_refused(cast: Cast) -> None:
    """One row per person; an unknown order is 422."""
    eva = cast.browser("eva")
    assert cast.post(eva, "/account/taste/order", order="best paid").status_code == 422
    assert db.session.scalar(db.select(db.func.count()).select_from(Choices)) == 0
    for order in ("people", "verdict"):
        assert cast.post(eva, "/account/taste/order", order=order).status_code == 303
    assert 'href="/for-you?by=verdict" aria-current="page"' in eva.get("/for-you").get_data(True)
    assert db.session.scalar(db.select(db.func.count()).select_from(Choices)) == 1


def test_owned_goods_stay_only_where_one_buys_again(cast: Cast) -> None:
    """recommend-14: wine comes with "again?", the hat never; refused and known things neither."""
    eva = cast.browser("eva")
    for slug, owner in ((WINE, "ana"), (HAT, "bert")):
        send(cast, owner, f"{order_by(cast, eva, slug)}-1")
    said(cast, "dan", RED, again=False)
    page = eva.get("/for-you?by=verdict&lang=en").get_data(as_text=True)
    goods = shown(eva, "/for-you?by=verdict")
    assert WINE in goods and HAT not in goods and page.count("again?") == 1
    cast.post(eva, f"/products/{RED}/feedback", kind="not_for_me")
    assert RED not in shown(eva, "/for-you?by=verdict")
    assert RED not in shown(cast.browser("dan"), "/for-you?by=verdict")
    assert RED in shown(cast.browser("gina"), "/for-you?by=verdict")
