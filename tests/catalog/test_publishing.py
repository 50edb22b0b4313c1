"""What may be published, and what not (catalog-2, catalog-10, catalog-11, catalog-32)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from marketplace.catalog.actions import pause, publish, stop, withdraw
from marketplace.catalog.events import ProductPublished
from marketplace.catalog.jobs import gaps
from marketplace.catalog.models import Particular, Picture, Product, ProductText, Variant
from marketplace.catalog.queries import cards
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import reactions
from marketplace.producers.actions.evidence import end_evidence
from marketplace.producers.models import Evidence
from tests.cast import Cast
from tests.catalog.goods import SHELF, certified, draft, state_of, without

OWNER = {"wine": "ana", "spirits": "ana"}


def refused(product_id: int) -> set[str]:
    """The fields for which publishing is refused; the draft stays a draft."""
    with pytest.raises(Invalid) as fault, committing():
        publish(product_id)
    assert state_of(product_id) == "draft"
    return set(fault.value.faults)


@pytest.mark.parametrize("template", SHELF)
def test_each_template_is_published_only_when_it_says_everything(cast: Cast, template: str
                                                                  ) -> None:
    """catalog-2: every demanded particular alone refuses, filled again it passes."""
    product_id = draft(cast, template, OWNER.get(template, "bert"))
    kept = {row.key: row.value for row in db.session.scalars(
        db.select(Particular).where(Particular.product_id == product_id))}
    db.session.rollback()
    for key, value in kept.items():
        without(product_id, key)
        assert key in refused(product_id), key
        with committing():
            db.session.add(Particular(product_id=product_id, key=key, value=value))
    with committing():
        assert publish(product_id)
    assert state_of(product_id) == "published"


def test_what_all_goods_need(cast: Cast) -> None:
    """catalog-2, row "all": name, price, picture, not_for, place; each alone refuses."""
    product_id = draft(cast)
    changes = {
        "not_for": db.update(Product).values(not_for_de=""),
        "place_of_making": db.update(Product).values(place_of_making=""),
        "picture": db.update(Picture).values(kind="spin"),
        "price": db.update(Variant).values(active=False),
        "category": db.update(Product).values(tax_category="none"),
    }
    for name, change in changes.items():
        with pytest.raises(Invalid) as fault, committing():
            own = Product.id if change.table.name == "products" else \
                {"pictures": Picture, "variants": Variant}[change.table.name].product_id
            db.session.execute(change.where(own == product_id))
            publish(product_id)
        assert set(fault.value.faults) == {name}
    with committing():
        db.session.execute(db.delete(ProductText).where(ProductText.product_id == product_id))
    assert refused(product_id) == {"title_de"}


def test_minimum_age_follows_the_shelf(cast: Cast) -> None:
    """catalog-32: a wine without its age class, or goods without tax, cannot be published."""
    product_id = draft(cast, "wine", "ana")
    with committing():
        db.session.get_one(Product, product_id).age_class = 0
    assert refused(product_id) == {"category"}


def test_mandatory_words_in_english_only_are_refused(cast: Cast) -> None:
    """3.1, LMIV Art. 15: what has to be said has to be said in German."""
    product_id = draft(cast, "food")
    with committing():
        db.session.execute(db.update(Particular).where(
            Particular.product_id == product_id, Particular.key == "ingredients")
            .values(lang="en"))
    assert refused(product_id) == {"ingredients"}


@pytest.mark.parametrize(("words", "field"), [
    ({"de": ("Bio-Kerze", "", "")}, "title_de"),
    ({"de": ("Kerze", "klimaneutral gegossen", "")}, "teaser_de"),
    ({"de": ("Kerze", "", ""), "en": ("Candle", "", "An eco-friendly thing.")}, "story_en")])
def test_blocked_words_are_not_published(cast: Cast, words: dict[str, object], field: str) -> None:
    """catalog-10: claims without proof stop publishing, beside the field that says them."""
    product_id = draft(cast, texts=words)
    assert refused(product_id) == {field}


def test_blocked_words_are_not_edited_into_goods_on_sale(cast: Cast) -> None:
    """catalog-10: by the page; the old words stay, what was typed comes back."""
    product_id = draft(cast)
    with committing():
        publish(product_id)
    bert, url = cast.browser("bert"), f"/studio/products/{product_id}"
    from tests.catalog.forms import form_at

    typed = form_at(bert.get(url).get_data(as_text=True), url)
    sent = cast.post(bert, url, **{**typed, "teaser_de": "Umweltfreundlich wie keine"})
    html = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert "Umweltfreundlich wie keine" in html
    assert "Dir. (EU) 2024/825" in html
    assert "Kurz gesagt" in cast.app.test_client().get("/products/probestueck").get_data(
        as_text=True)


def test_hint_stands_beside_the_field_of_a_draft(cast: Cast) -> None:
    """catalog-10: a superlative is hinted at, and does not stop the sale."""
    product_id = draft(cast, texts={"de": ("Kerze", "Die beste Kerze der Nordsee", "")})
    html = cast.browser("bert").get(f"/studio/products/{product_id}").get_data(as_text=True)
    assert "goods-claim" in html
    with committing():
        assert publish(product_id)


def test_organic_needs_a_valid_certificate_and_goes_with_it(cast: Cast) -> None:
    """catalog-11: organic words and code need the certificate; the day it ends they vanish."""
    texts = {"de": ("Bio-Honig", "Bio ist er auch. Er ist cremig.", "")}
    product_id = draft(cast, "food", texts=texts)
    assert refused(product_id) == {"title_de", "teaser_de", "organic", "organic_origin"}
    tomorrow = clock.today() + timedelta(days=1)
    certified(cast, until=tomorrow)
    with committing():
        db.session.add_all(Particular(product_id=product_id, key=key, value=value)
                           for key, value in (("organic", "DE-ÖKO-003"),
                                              ("organic_origin", "EU-Landwirtschaft")))
        assert publish(product_id)
    visitor = cast.app.test_client()
    shown = visitor.get("/products/bio-honig").get_data(as_text=True)
    assert "Bio-Honig" in shown
    assert "DE-ÖKO-003" in shown
    with committing():
        db.session.execute(db.update(Evidence).values(until=clock.today()))
        end_evidence()
    assert state_of(product_id) == "paused"
    gaps()
    assert state_of(product_id) == "paused"
    cast.app.extensions.pop("kept", None)
    gone = visitor.get("/products/bio-honig").get_data(as_text=True)
    body = gone[gone.index("<main"):gone.index("</main>")]
    assert "Bio" not in body.replace("bio-honig", "")
    assert "DE-ÖKO-003" not in body
    assert "Er ist cremig." in body
    card = cards([product_id], "de")[product_id]
    assert (card.title, card.teaser) == ("Honig", "Er ist cremig.")
    with committing():
        db.session.execute(db.update(Evidence).values(until=tomorrow))
    assert cards([product_id], "de")[product_id].title == "Bio-Honig"
    db.session.rollback()


def test_wrong_control_body_code_is_told(cast: Cast) -> None:
    """catalog-11: a code has the form XX-ÖKO-nnn."""
    certified(cast)
    product_id = draft(cast, "food", facts={**SHELF["food"][1], "organic": "Bio-Siegel",
                                            "organic_origin": "EU-Landwirtschaft"})
    assert refused(product_id) == {"organic"}


def test_stopped_goods_do_not_come_back_by_themselves(cast: Cast) -> None:
    """catalog-9: withdrawn goods come back complete, stopped ones only by the operator."""
    product_id = draft(cast)
    with committing():
        publish(product_id)
        withdraw(product_id, "Das Wachs ist aus.")
    assert state_of(product_id) == "withdrawn"
    with committing():
        publish(product_id)
        pause(product_id, "#gaps")
        publish(product_id)
        stop(product_id, "Der Docht rußt.")
    with pytest.raises(Conflict), committing():
        publish(product_id)
    with pytest.raises(Invalid), committing():
        withdraw(product_id, " ")


def test_new_demand_waits_sixty_days_then_pauses(app: Flask, cast: Cast) -> None:
    """catalog, bad input: 60 days with a to-do, then paused; filled in, it is on sale again."""
    product_id = draft(cast)
    with committing():
        publish(product_id)
    without(product_id, "materials")
    gaps()
    since = db.session.get_one(Product, product_id, populate_existing=True).gaps_since
    db.session.rollback()
    assert since is not None
    assert state_of(product_id) == "published"
    list_ = cast.browser("bert").get("/studio/products").get_data(as_text=True)
    assert "goods-missing" in list_
    assert "lack" in cast.browser("olga").get(
        "/operator/assortment?lang=en").get_data(as_text=True)
    with committing():
        db.session.get_one(Product, product_id).gaps_since = since - timedelta(days=60)
    gaps()
    assert state_of(product_id) == "paused"
    with committing():
        db.session.add(Particular(product_id=product_id, key="materials", value="Wachs"))
        publish(product_id)
    gaps()
    assert state_of(product_id) == "published"
    assert db.session.get_one(Product, product_id, populate_existing=True).gaps_since is None
    assert ProductPublished in reactions()
