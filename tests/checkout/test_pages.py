"""What the pages of basket and checkout have to show, in both languages."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from marketplace.catalog.models import Product
from marketplace.checkout.views.review import INSTRUCTION_VERSION
from marketplace.foundation.database import committing, db
from marketplace.orders.models import SellerOrder
from tests.cast import Cast
from tests.checkout.hands import (
    HAT,
    JUMPER,
    RED,
    WINE,
    press,
    put,
    set_variant,
    walk,
    words_of,
)

HERE = Path(__file__).resolve().parent.parent.parent
EN = {"Accept-Language": "en"}
WORDS_NOW = "105761e26ce8"
"""Of the words on withdrawal, both languages, for the version of today."""
PAGES = [HERE / "templates" / "checkout" / name for name in (
    "basket.html", "step.html", "review.html", "instead.html", "small_cards.html")] + [
    HERE / "templates" / "parts" / name for name in ("basket_line.html", "step_bar.html")]


def test_shipping_and_sum_stand_before_any_address(cast: Cast, client: FlaskClient) -> None:
    """checkout-4: 11.40 + 6.90 and 39.00 + 4.90 at the default country: 62.20; another country
    is reckoned anew and kept.
    """
    put(cast, client, WINE)
    put(cast, client, HAT)
    page = words_of(client.get("/basket").get_data(as_text=True))
    for sum_ in ("18,30", "43,90", "62,20"):
        assert sum_ in page, sum_
    with committing():
        db.session.execute(db.text("UPDATE shipping_zones SET countries = '[\"DE\"]' "
                                   "WHERE producer_id = :it"),
                           {"it": cast.goods(HAT).producer_id})
    assert cast.post(client, "/basket/place", country="AT", postcode="1010").status_code == 303
    html = client.get("/basket").get_data(as_text=True)
    assert "Nordgarn liefert nicht nach Österreich" in html
    assert 'value="1010"' in html
    assert "/checkout/begin" not in html


def test_unit_price_and_deposit_stand_at_lines(cast: Cast, client: FlaskClient) -> None:
    """checkout-5: 15.20 a litre for 11.40 / 0.75 l in basket and review; deposit is a row."""
    set_variant(cast, WINE, deposit_minor=25)
    put(cast, client, WINE, 2)
    basket = words_of(client.get("/basket").get_data(as_text=True))
    assert re.search(r"15,20 €\s*/\s*l", basket)
    assert "zzgl. je 0,25 € Pfand" in basket
    assert re.search(r"Pfand 0,50 €", basket)
    review = words_of(walk(cast, client))
    assert "15,20 € je l" in review
    assert re.search(r"Pfand 0,50 €", review)
    assert "30,20" in review


def test_no_price_is_struck_out(cast: Cast, client: FlaskClient) -> None:
    """checkout-6: lowered yesterday from 14.50 to 13.00: the basket says the new price only; a
    price that moved since it was seen is told once, as words.
    """
    put(cast, client, RED)
    set_variant(cast, RED, price_minor=1300)
    page = client.get("/basket").get_data(as_text=True)
    assert not re.search(r"<(s|del|strike)\b", page)
    assert re.search(r"war 14,50\s€, jetzt 13,00", words_of(page))
    cast.post(client, "/basket/prices-seen", step="seen")
    assert "14,50" not in client.get("/basket").get_data(as_text=True)
    assert "14,50" not in walk(cast, client)


def test_every_seller_is_named_with_its_status(cast: Cast, client: FlaskClient) -> None:
    """checkout-7: basket, review and the letter; partner, ranking and duties are one click away."""
    put(cast, client, WINE)
    put(cast, client, HAT)
    basket = client.get("/basket").get_data(as_text=True)
    review = walk(cast, client)
    for name in ("Weingut Kaltbach", "Nordgarn"):
        assert name in basket
        assert name in review
    assert words_of(basket).count("Unternehmer") == 2
    assert words_of(review).count("verkauft als Unternehmer") == 2
    assert 'href="/ranking"' in review
    assert "/about/terms" in review or 'href="/terms"' in review
    assert review.count("/imprint") >= 2


@pytest.mark.parametrize(("lang", "label", "notice"), [
    ("de", "zahlungspflichtig bestellen", "Zwei Jahre gesetzliche Gewährleistung"),
    ("en", "order with obligation to pay", "Legal guarantee of two years")])
def test_button_stands_directly_below_the_total(
    cast: Cast, client: FlaskClient, lang: str, label: str, notice: str
) -> None:
    """checkout-8, checkout-11: essential features, total, then the button with the exact words,
    nothing between; the notice on the guarantee stands before it.
    """
    cast.post(client, "/language", lang=lang)
    put(cast, client, WINE)
    page = walk(cast, client)
    form = re.search(r'<form class="review-place".*?</form>', page, re.S)
    assert form
    button = re.search(r"<button[^>]*>(.*?)</button>", form[0], re.S)
    assert button
    assert words_of(button[1]) == label
    between = form[0][form[0].rindex("</tr>") if "</tr>" in form[0] else 0:form[0].index("<button")]
    assert words_of(between) in ("", words_of(between).strip("0123456789.,€ "))
    before = page[:page.index('class="review-place"')]
    assert notice in before
    assert "Riesling" in before
    assert "Riesling vom Schiefer, kurz gesagt" in before or "Slate Riesling, in short" in before


def test_payments_and_limits_stand_early(cast: Cast, client: FlaskClient) -> None:
    """checkout-9: on the basket and on the first step: how to pay and where goods go."""
    put(cast, client, WINE)
    basket = words_of(client.get("/basket").get_data(as_text=True))
    first = words_of(client.get("/checkout").get_data(as_text=True))
    assert "Zu zahlen per" in basket or "Überweisung" in basket
    assert "Liefert nach: Deutschland, Österreich" in basket
    assert "Lieferung nach: Österreich, Deutschland" in first
    assert "Überweisung" in first


def test_withdrawal_is_told_and_kept_with_its_version(cast: Cast, client: FlaskClient) -> None:
    """checkout-10: yes or no and how long, per seller; the version of the words stands with each
    contract and is that of the words people can read.
    """
    with committing():
        db.session.execute(db.update(Product).where(Product.slug == JUMPER).values(
            withdrawal="made_to_measure"))
    put(cast, client, WINE)
    put(cast, client, JUMPER)
    page = words_of(walk(cast, client))
    assert "binnen 14 Tagen" in page
    assert "kein Widerrufsrecht" in page
    press(cast, client, client.get("/checkout/review").get_data(as_text=True))
    kept = db.session.scalars(db.select(SellerOrder.instruction_version)).all()
    assert list(kept) == [INSTRUCTION_VERSION] * 2
    words = b"".join((HERE / "marketplace/storefront/words" / f"withdrawal.{lang}.md").read_bytes()
                     for lang in ("de", "en"))
    assert sha256(words).hexdigest()[:12] == WORDS_NOW, "new words need a new version"


def test_nothing_is_ticked_or_presses(cast: Cast, client: FlaskClient) -> None:
    """checkout-13: no ticked box, countdown, pop-up or shaming in templates; none on pages."""
    for path in PAGES:
        text = path.read_text("utf-8")
        assert not re.search(r"\schecked(?![^<]*typed)(?!\w)", re.sub(
            r"\{% if [^%]*typed[^%]*%\} checked\{% endif %\}", "", text)), path.name
        assert not re.search(r"countdown|setInterval|<dialog|popup|data-timer|hurry|beeil", text,
                             re.IGNORECASE), path.name
    put(cast, client, WINE)
    walk(cast, client)
    for address in ("/basket", "/checkout", "/checkout/review"):
        html = client.get(address).get_data(as_text=True)
        assert not re.search(r'type="checkbox"[^>]*\bchecked', html), address


def test_few_left_is_the_truth_or_absent(cast: Cast, client: FlaskClient) -> None:
    """checkout-14: seven on hand, two kept for others: eight wanted say 5; enough says nothing."""
    set_variant(cast, RED, reserved=2)
    put(cast, client, RED, 5)
    assert "nur noch" not in client.get("/basket").get_data(as_text=True)
    set_variant(cast, RED, reserved=4)
    assert "nur noch 3" in client.get("/basket").get_data(as_text=True)
