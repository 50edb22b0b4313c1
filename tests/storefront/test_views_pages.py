"""Pages of words, and what stands on a page that has nothing else to show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.reviews.models import Score
from marketplace.storefront.queries.words import SLUGS
from tests.cast import Cast

WORDS = Path(__file__).resolve().parents[2] / "marketplace/storefront/words"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_foot_has_no_dead_link(client: FlaskClient, lang: str) -> None:
    """storefront-7, storefront-22: every link of the foot opens, simple language too."""
    html = client.get(f"/?lang={lang}").get_data(as_text=True)
    foot = html[html.index('<footer class="foot">'):]
    links = sorted(set(re.findall(r'href="(/[^"]*)"', foot)))
    assert any(link.startswith("/about/simple/order") for link in links)
    assert [link for link in links if client.get(link).status_code not in (200, 303)] == []


@pytest.mark.parametrize("slug", ["order", "withdraw", "report", "privacy"])
def test_simple_language_is_linked_where_it_is_needed(client: FlaskClient, slug: str) -> None:
    """storefront-7: the four pages exist in both languages, in short sentences."""
    where = {"order": "/basket", "withdraw": "/withdraw", "privacy": "/about/privacy",
             "report": "/moderation/report/product/riesling-vom-schiefer"}[slug]
    if slug != "order":
        assert f'href="/about/simple/{slug}"' in client.get(where).get_data(as_text=True)
    for lang in ("de", "en"):
        answer = client.get(f"/about/simple/{slug}?lang={lang}")
        assert answer.status_code == 200
        text = (WORDS / f"simple/{slug}.{lang}.md").read_text("utf-8")
        sentences = re.split(r"[.?!:]\s", re.sub(r"^#.*$", "", text, flags=re.M))
        assert max(len(one.split()) for one in sentences) <= 20


def test_simple_language_stands_in_a_filled_basket(cast: Cast, client: FlaskClient) -> None:
    """storefront-7: the link in the basket leads somewhere."""
    goods = cast.goods("riesling-vom-schiefer")
    cast.post(client, "/basket/lines", variant=goods.variant_id, qty=1)
    assert 'href="/about/simple/order"' in client.get("/basket").get_data(as_text=True)


def test_every_page_of_words_is_shipped_in_both_languages() -> None:
    """storefront, pages: nothing is named that is not there."""
    shipped = {str(path.relative_to(WORDS)) for path in WORDS.rglob("*.md")}
    assert shipped == {f"{slug}.{lang}.md" for slug in SLUGS for lang in ("de", "en")}


def test_page_that_is_not_there_shows_three_goods(cast: Cast, client: FlaskClient) -> None:
    """storefront, states: 404 with search and three suggestions, for programs without."""
    slugs = ("riesling-vom-schiefer", "muetze-deichwind", "fischerpullover", "spaetburgunder-"
             "dorfkern")
    with committing():
        for k, slug in enumerate(slugs, 5):
            db.session.execute(db.update(Score).where(
                Score.product_id == cast.goods(slug).product_id, Score.lot_id.is_(None))
                .values(k=k, n=8, q10=k / 10 + 0.2))
    cast.app.extensions.pop("kept", None)
    html = client.get("/no/such/page").get_data(as_text=True)
    main = html[html.index("<main"):]
    assert 'action="/search"' in main
    assert re.findall(r'class="card-title"[^>]*><a href="/products/([\w-]+)', main) == [
        "spaetburgunder-dorfkern", "fischerpullover", "muetze-deichwind"]
    assert "cards" not in client.get("/operator/assortment").get_data(as_text=True)
    problem = client.get("/no/such/page", headers={"Accept": "application/json"})
    assert problem.get_json()["status"] == 404


def test_price_of_the_form_narrows_the_list(client: FlaskClient) -> None:
    """The fields of the form carry the names that the list reads: 39 euros fit, 11.40 do not."""
    page = client.get("/products").get_data(as_text=True)
    form = page[page.index('class="facet-price"'):]
    low, high = re.findall(r'<input name="([a-z_]+)"', form)[:2]
    found = client.get(f"/products?{low}=30&{high}=50").get_data(as_text=True)
    main = found[found.index("<main"):]
    assert "/products/muetze-deichwind" in main
    assert "/products/riesling-vom-schiefer" not in main


def test_member_keeps_the_language_chosen_in_the_foot(cast: Cast) -> None:
    """storefront-31: said once, it holds on every page and for letters; the address's own
    language, which would win, is left out of the way back.
    """
    cleo = cast.browser("cleo")
    page = cleo.get("/products?lang=de&order=new").get_data(as_text=True)
    assert 'name="next" value="/products?order=new"' in page
    done = cast.post(cleo, "/language", lang="en", next="/products?order=new")
    assert (done.status_code, done.location) == (303, "/products?order=new")
    assert '<html lang="en"' in cleo.get("/").get_data(as_text=True)
    assert '<html lang="en"' in cast.browser("cleo").get("/").get_data(as_text=True)
    assert cast.post(cleo, "/language", lang="xx").status_code == 303
    assert '<html lang="en"' in cleo.get("/").get_data(as_text=True)
