"""What the law wants said before the button: prices, sellers, guarantee, where one pays."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.adapters.doors import doors
from marketplace.catalog.actions import set_price
from marketplace.catalog.models import OfficialFile, Price, Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.catalog.test_official_label import SOURCE, picture
from tests.checkout.hands import HAT, JUMPER, RED, WINE, order, press, put, walk, words_of
from tests.payments.conftest import shop
from tests.payments.hands import Shop
from tests.stories.test_circle import ADDRESS

__all__ = ["shop"]
WEINGUT = "weingut-kaltbach"
STRUCK = re.compile(r"<(s|del|strike)\b|line-through|class=\"[^\"]*\bold\b")


def test_a_price_lowered_yesterday_is_not_struck_out(cast: Cast, client: FlaskClient) -> None:
    """checkout-6: 14.50 for forty days, 9.90 for one, 13.00 since yesterday: the lowest of the
    thirty days before was 9.90, so no page on the way compares with 14.50.
    """
    variant = cast.goods(RED).variant_id
    with committing():
        db.session.execute(db.update(Price).where(Price.variant_id == variant).values(
            from_at=clock.now() - timedelta(days=40)))
    for before, minor in ((timedelta(days=9), 990), (timedelta(days=8), 1450),
                          (timedelta(days=1), 1300)):
        with time_machine.travel(clock.now() - before, tick=False), committing():
            set_price(variant, minor, None)
    db.session.rollback()
    put(cast, client, RED)
    product = client.get(f"/products/{RED}").get_data(as_text=True)
    assert not STRUCK.search(product) and "-10" not in product
    pages = [client.get("/basket").get_data(as_text=True), walk(cast, client)]
    pages.append(client.get(f"/orders/{order(cast, client)}").get_data(as_text=True))
    for page in pages:
        assert "13,00" in page and "14,50" not in page and not STRUCK.search(page)


def test_seller_partner_duties_and_ranking(cast: Cast, client: FlaskClient) -> None:
    """checkout-7: each line of basket, review and letter stands under its seller with its status,
    one of them private; whose contract it is stands there, duties and ranking one click away.
    """
    with committing():
        db.session.execute(db.text("UPDATE traders SET is_trader = :no WHERE producer_id = :it"),
                           {"no": False, "it": cast.goods(HAT).producer_id})
    put(cast, client, WINE)
    put(cast, client, HAT)
    basket, review = client.get("/basket").get_data(as_text=True), walk(cast, client)
    for page in (basket, review):
        blocks = re.findall(r'<section class="basket-block".*?</section>', page, re.S)
        assert [("Unternehmer" in one, "privat" in one.lower()) for one in blocks] == [
            (True, False), (False, True)]
        assert [one.count("Riesling vom Schiefer</a>") + one.count("× Riesling") +
                one.count("× Mütze") + one.count("Deichwind</a>") for one in blocks] == [1, 1]
        assert "Vertragspartner ist jeder Erzeuger" in page
        assert 'href="/ranking"' in page and 'href="/about/terms"' in page
    duties = words_of(client.get("/about/terms").get_data(as_text=True))
    assert "Wer wofür zuständig ist" in duties and "Gewährleistung" in duties
    order(cast, client)
    run_due()
    mail = doors().mail
    said = next(one.text for one in map(mail.read, mail.names())
                if one is not None and one.to == ADDRESS["email"])
    wine, hat = said.index("Riesling"), said.index("Mütze")
    assert said.index("(Unternehmer)") < wine < said.index("(Privatverkauf)") < hat


@pytest.mark.parametrize("lang", ["de", "en"])
def test_notice_and_label_are_the_official_files(
    app: Flask, cast: Cast, client: FlaskClient, lang: str
) -> None:
    """checkout-11: the notice of the page's language is the very file that was put in, before the
    button; the label stands at what is guaranteed for longer than two years, and not at the wine;
    a file that was changed is not shown, the words are.
    """
    olga, files = cast.browser("olga"), {"de": picture(1), "en": picture(2), "label": picture(3)}
    for what, name in (("notice-de", "de"), ("notice-en", "en"), ("label", "label")):
        done = cast.post(olga, "/operator/guarantee-label", what=what, source=SOURCE,
                         file=(BytesIO(files[name]), "x.png"),
                         sha256=sha256(files[name]).hexdigest())
        assert done.status_code == 303, what
    with committing():
        db.session.execute(db.update(Product).where(Product.slug == JUMPER)
                           .values(guarantee_years=10))
    app.extensions.pop("kept", None)
    cast.post(client, "/language", lang=lang)
    put(cast, client, JUMPER)
    put(cast, client, WINE)
    page = walk(cast, client)
    before = page[:page.index('class="review-place"')]
    shown = [client.get(one).data for one in re.findall(
        r'class="official-label" src="([^"]+)"', before)]
    assert shown == [files["label"], files[lang]]
    name = db.session.scalar(db.select(OfficialFile.file).where(
        OfficialFile.key == f"guarantee_notice_{lang}"))
    assert name is not None
    doors().storage.path(name).write_bytes(picture(9))
    app.extensions.pop("kept", None)
    page = client.get("/checkout/review").get_data(as_text=True)
    assert page.count("official-label") == 1
    assert {"de": "Zwei Jahre gesetzliche", "en": "Legal guarantee of two"}[lang] in page


def test_everything_is_here_but_the_payment_page(shop: Shop, client: FlaskClient) -> None:
    """checkout-38: informing, judging, rating and buying lead to no other site, not even by a
    form; the card's page is told of at the choice and in front of the button, and only then does a
    press lead there; a transfer never leaves.
    """
    cast = shop.cast
    put(cast, client, RED)
    pages = [client.get(address).get_data(as_text=True) for address in (
        "/", f"/products/{RED}", f"/producers/{WEINGUT}", "/search?q=wein", "/basket",
        "/how-reviews-are-checked")]
    review = walk(cast, client, "stripe")
    choice = words_of(client.get("/checkout/payment").get_data(as_text=True))
    assert "auf der Seite des Zahlungsdienstes" in choice
    assert "die einzige Seite dieses Kaufs, die nicht von uns ist" in words_of(review)
    placed = press(cast, client, review)
    number = re.search(r"/orders/([2-9A-Z]{8})", placed.location or "")
    assert placed.status_code == 303 and number and not placed.location.startswith("http")
    pages += [review, choice, client.get(f"/orders/{number[1]}").get_data(as_text=True),
              client.get(f"/orders/{number[1]}/pay").get_data(as_text=True)]
    for page in pages:
        away = re.findall(r'(?:href|action|src)="(?:https?:)?//(?!localhost)[^"]*"', page)
        assert not [one for one in away if "localhost" not in one]  # but to pass a page on
    left = cast.post(client, f"/orders/{number[1]}/pay/card")
    assert left.status_code == 303 and left.location.startswith(shop.fake.url)
    put(cast, client, RED)
    said = walk(cast, client)
    assert "die nicht von uns ist" not in words_of(said)
    assert press(cast, client, said).location.startswith("/orders/")
