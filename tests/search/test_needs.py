"""search-8, search-9, search-12: own needs, pairings in words, codes that lead straight there."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.catalog.models import Particular
from marketplace.foundation.database import committing, db
from marketplace.search.queries import Asked, find
from marketplace.search.queries.wishes import goods_for, read_wish
from marketplace.search.rules.needs import again_levels, avoided, contained
from tests.cast import Cast
from tests.search.hands import indexed


def titles(client: FlaskClient, path: str) -> tuple[set[str], str]:
    """Goods of a list, and the page."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = html.unescape(answer.get_data(as_text=True))
    return set(re.findall(r'class="card-title"[^>]*><a href="[^"]*">([^<]*)</a>', text)), text


def test_levels_and_labels_by_hand() -> None:
    """search-12: 0.74 reaches 60 and 70; peanuts are no nuts; other words filter nothing."""
    assert again_levels(0.74) == ["60", "70"] and again_levels(0.599) == []
    assert contained(["kann Haselnüsse enthalten", "sulphites"]) == ["nüsse", "sulfit"]
    assert avoided(["Erdnüsse", "Katzenhaare"]) == {"erdnuss"}
    for word in ("Nüsse", "nusse", "Nüssen", "nuesse", "Nuss", "nuts", "nut", "haselnusse"):
        assert avoided([word]) == {"nüsse"}, word
    assert avoided(["erdnusse"]) == avoided(["peanuts"]) == {"erdnuss"}
    assert avoided(["Muskatnuss", "nutmeg", "Wein", "Reis"]) == frozenset()


@pytest.mark.parametrize("wish", [
    "Wein ohne Nüsse", "Wein ohne nuesse", "wine without nuts", "nut-free wine", "Wein, nussfrei",
    "Wein, ich habe eine Nussallergie", "wine, I have a nut allergy", "wine, nothing with nuts",
    "Wein, bin allergisch gegen Nüsse", "etwas vom Weingut Kaltbach ohne Nüsse"])
def test_a_label_is_kept_to_however_it_is_said(app: Flask, cast: Cast, wish: str) -> None:
    """search-7, search-12: nuts that only a label names are left out by a wish without them."""
    wine, other = (cast.goods(one).product_id for one in (
        "riesling-vom-schiefer", "literwein-fuer-alle-tage"))
    with committing():
        db.session.execute(db.update(Particular).where(
            Particular.product_id == wine, Particular.key == "allergens")
            .values(value="Sulfite, Haselnüsse"))
    indexed(app)

    def found(words: str) -> set[int]:
        return {one for part in goods_for(read_wish(words), 9) for one in part.found.ids}

    assert wine in found("Wein")
    assert wine not in found(wish) and other in found(wish)


def test_own_needs_filter_every_list_visibly(app: Flask, cast: Cast) -> None:
    """search-12: what one told once leaves out wines that name sulphites, is a chip, goes with one
    click, and comes back; others see everything.
    """
    from marketplace.people.actions import give_consent, tell_health

    indexed(app)
    cleo = cast.id("cleo")
    db.session.rollback()
    with committing():
        give_consent(cleo, "health", "1", "test")
        tell_health(cleo, "allergy", "Sulfite")
    mine = cast.browser("cleo")
    shown, text = titles(mine, "/products")
    assert shown == {"Fischerpullover", "Mütze Deichwind"} and "ohne Sulfite" in text
    off = re.search(r'href="(/products\?off=allergies)"', text)
    assert off is not None
    shown, text = titles(mine, off[1])
    assert len(shown) == 5 and "wieder alles verwenden" in text
    assert len(titles(app.test_client(), "/products")[0]) == 5
    assert "ohne Sulfite" in titles(mine, "/search?q=Mütze")[1]


def test_size_and_destination_told_once(app: Flask, cast: Cast) -> None:
    """search-12: goods without sizes stay; a country to which nobody sends empties the list; one
    that was asked for in words goes before what was told.
    """
    from marketplace.people.actions import keep_address, tell_wish

    indexed(app)
    eva = cast.id("eva")
    db.session.rollback()
    with committing():
        tell_wish(eva, "size", {"words": "M"})
        keep_address(eva, {"name": "Eva", "lines": "Weg 1", "postcode": "1000",
                           "city": "Oslo", "country": "NO"})
    mine = cast.browser("eva")
    shown, text = titles(mine, "/products")
    assert shown == set() and "my size: M" in text and "sent to Norway" in text
    assert len(titles(mine, "/products?off=delivers")[0]) == 5
    assert len(titles(mine, "/products?delivers=AT")[0]) == 5


def test_sent_to_is_a_facet(app: Flask) -> None:
    """Facets: where goods are sent to, from the tables of their houses; changed with them."""
    indexed(app)
    found = find(Asked(chosen={"delivers": ["AT"]}), 9)
    assert found.total == 5
    assert {one.value: one.count for one in found.counts["delivers"]} == {"AT": 5, "DE": 5}
    assert find(Asked(chosen={"delivers": ["NO"]}), 9).total == 0


def test_prices_are_cut_into_quarters(app: Flask) -> None:
    """Facets: bands from the quantiles of what is listed; each link narrows to its band."""
    indexed(app)
    bands = find(Asked(), 1).bands
    assert [one.count for one in bands] and sum(one.count for one in bands) == 5
    _shown, text = titles(app.test_client(), "/products")
    block = re.search(r'class="facet-bands".*?</ul>', text, re.S)
    assert block is not None
    for url, count in re.findall(r'href="([^"]+)".*?facet-count">(\d+)<', block[0], re.S):
        assert len(titles(app.test_client(), url)[0]) == int(count)


@pytest.mark.parametrize(("words", "occasion"), [
    ("Wein zu Lachs", "fish"), ("wine with salmon", "fish")])
def test_dishes_are_occasions(app: Flask, words: str, occasion: str) -> None:
    """search-8: "zu Lachs" is read as what it goes with, and filters the wines that do."""
    indexed(app)
    answer = find(Asked(words=words), 9)
    assert [one.value for one in answer.chips if one.kind == "occasion"] == [occasion]
    assert answer.total == 3


def test_codes_lead_straight_there(app: Flask, cast: Cast) -> None:
    """search-9: EAN, article number, handle; an order's number for who bought or sold it."""
    from tests.checkout.hands import order, put

    with committing():
        db.session.execute(db.text("UPDATE variants SET gtin = '4006381333931' "
                                   "WHERE sku = 'K-RIE'"))
    visitor, cleo = app.test_client(), cast.browser("cleo")
    put(cast, cleo, "riesling-vom-schiefer")
    number = order(cast, cleo)
    for words, there in (("4006381333931", "/products/riesling-vom-schiefer"),
                         ("K-RIE", "/products/riesling-vom-schiefer"),
                         ("@gina", "/members/gina"), ("@GINA", "/members/gina")):
        answer = visitor.get("/search", query_string={"q": words})
        assert (answer.status_code, answer.location) == (303, there), words
    assert cleo.get(f"/search?q={number}").location == f"/orders/{number}"
    for client in (visitor, cast.browser("dan")):
        assert client.get(f"/search?q={number}").status_code == 200
    assert visitor.get("/search?q=@nobody").status_code == 200


def test_too_much_is_cut_or_refused(app: Flask) -> None:
    """Bad input: ten thousand characters are cut with a notice, two hundred filters refused."""
    indexed(app)
    shown, text = titles(app.test_client(), "/search?q=" + "Riesling+" * 1_100)
    assert "mit den ersten 200 Zeichen" in text and shown
    many = "&".join(f"region=R{n}" for n in range(200))
    for path in ("/search?q=Wein", "/search?q=Wein&kind=group", "/products?a=1"):
        assert app.test_client().get(f"{path}&{many}").status_code == 422


@pytest.mark.parametrize("words", [
    "'; DROP TABLE products; --", "\u202eniew", "🍷", '"wein', "wein AND OR NOT", "w*?", "\\", "%"])
def test_everything_typed_is_text(app: Flask, words: str) -> None:
    """Bad input: SQL, right-to-left signs, emoji, quotes, operators, wildcards."""
    indexed(app)
    for kind in ("", "thread", "member"):
        assert app.test_client().get("/search", query_string={"q": words, "kind": kind}
                                     ).status_code == 200
