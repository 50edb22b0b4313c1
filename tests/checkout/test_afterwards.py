"""Right after placing: a mistyped address, and words for others that nobody sends by themselves."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from marketplace.foundation.database import db
from marketplace.orders.models import Order
from tests.cast import Cast
from tests.checkout.hands import HAT, WINE, count, order, put, set_variant, words_of


def test_guest_corrects_the_address_once(cast: Cast, client: FlaskClient) -> None:
    """checkout, placed: the confirmation goes to the right address; a second time is refused; a
    stranger finds nothing; what is no address changes nothing.
    """
    put(cast, client, HAT)
    number = order(cast, client, email="gsat@example.org")
    page = client.get(f"/orders/{number}?placed=1").get_data(as_text=True)
    assert f'action="/orders/{number}/email"' in page
    path = f"/orders/{number}/email"
    assert cast.post(client, path, email="kein").status_code == 303
    assert cast.post(cast.app.test_client(), path, email="x@example.org").status_code == 404
    assert count("SELECT count(*) FROM letters WHERE email <> 'gsat@example.org' "
                 "AND template = 'order'") == 0
    assert cast.post(client, path, email="gast@example.org").status_code == 303
    row = db.session.scalar(db.select(Order))
    assert row is not None
    assert row.email == "gast@example.org"
    assert count("SELECT count(*) FROM letters WHERE email = 'gast@example.org'") == 1
    assert cast.post(client, path, email="other@example.org").status_code == 409
    assert path not in client.get(f"/orders/{number}?placed=1").get_data(as_text=True)


def test_share_offer_is_unticked_and_posts_nothing_by_itself(cast: Cast) -> None:
    """checkout-37: text to change, without price, address or number; only ticked and sent it is a
    recommendation.
    """
    cleo = cast.browser("cleo")
    put(cast, cleo, WINE)
    put(cast, cleo, HAT)
    number = order(cast, cleo)
    page = cleo.get(f"/orders/{number}?placed=1").get_data(as_text=True)
    form = re.search(rf'<form[^>]*action="/orders/{number}/share".*?</form>', page, re.S)
    assert form
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", form[0], re.S)
    assert text
    assert "Riesling vom Schiefer" in text[1]
    for told in ("€", "Feldweg", "Berlin", number):
        assert told not in text[1], told
    tick = re.search(r'<input type="checkbox"[^>]*>', form[0])
    assert tick
    assert "checked" not in tick[0]
    path, hat = f"/orders/{number}/share", cast.goods(HAT).product_id
    assert cast.post(cleo, path, text="Sehr warm, sehr schlicht.").status_code == 303
    assert count("SELECT count(*) FROM recommendations") == 0
    done = cast.post(cleo, path, text=f"Sehr warm, bestellt mit {number}.", product=hat, agree=1)
    assert done.status_code == 303
    kept = db.session.execute(db.text("SELECT thing_id, reason FROM recommendations")).one()
    assert tuple(kept) == (hat, "Sehr warm, bestellt mit ….")
    seen = cast.browser("dan").get(f"/products/{HAT}").get_data(as_text=True)
    assert "Cleo" in words_of(seen)


def test_deposit_stands_for_itself_at_the_order(cast: Cast, client: FlaskClient) -> None:
    """checkout-5, orders: 2 x 11.40 and 2 x 0.25 deposit and 6.90: three rows that sum to 30.20,
    at the part and below all of them.
    """
    set_variant(cast, WINE, deposit_minor=25)
    put(cast, client, WINE, 2)
    number = order(cast, client)
    words = words_of(client.get(f"/orders/{number}").get_data(as_text=True))
    rows = "Waren 22,80 € Pfand 0,50 € Versand 6,90 €"
    assert words.replace("\xa0", " ").count(rows) == 2, re.findall(".{30}Pfand.{30}", words)
    assert "30,20" in words


def test_guests_have_words_to_copy_and_later_looks_have_none(cast: Cast, client: FlaskClient
                                                            ) -> None:
    """checkout-37: who has no account has words to change, to copy or to mail, with the product's
    address, without price, address or number, and nothing that is sent; who comes back later is
    offered nothing.
    """
    put(cast, client, HAT)
    number = order(cast, client)
    page = client.get(f"/orders/{number}?placed=1").get_data(as_text=True)
    assert f"/orders/{number}/share" not in page
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)
    assert text
    assert f"http://localhost/products/{HAT}" in text[1]
    for told in ("€", "Feldweg", "Berlin", number):
        assert told not in text[1], told
    assert 'href="mailto:?body=' in page
    assert "mailto:?body=" not in client.get(f"/orders/{number}").get_data(as_text=True)
    cleo = cast.browser("cleo")
    put(cast, cleo, HAT)
    own = order(cast, cleo)
    assert f"/orders/{own}/share" not in cleo.get(f"/orders/{own}").get_data(as_text=True)
