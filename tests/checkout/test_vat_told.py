"""VAT by rate on the last page, and the letter that holds the whole contract."""

from __future__ import annotations

from flask.testing import FlaskClient

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.jobs.composing import LetterPage, rendered
from tests.cast import Cast
from tests.checkout.hands import HAT, WINE, order, put, walk, words_of


def test_vat_is_told_by_rate_before_the_button(cast: Cast, client: FlaskClient) -> None:
    """checkout-7: 11.40 and 6.90 sending at 19 %: 2.92; 39.00 and 4.90 at 7 %: 43.90 x 7 / 107 =
    2.87; from a small business nothing, and that is said.
    """
    with committing():
        db.session.execute(db.text("UPDATE products SET tax_category = 'reduced' WHERE id = :it"),
                           {"it": cast.goods(HAT).product_id})
    put(cast, client, WINE)
    put(cast, client, HAT)
    page = words_of(walk(cast, client))
    assert "Gesamt inkl. MwSt.: 19 % 2,92 €, 7 % 2,87 € 62,20 €" in page
    with committing():
        db.session.execute(db.text("UPDATE traders SET vat_status = :it WHERE producer_id = :who"),
                           {"it": "small", "who": cast.goods(WINE).producer_id})
    page = words_of(client.get("/checkout/review").get_data(as_text=True))
    assert "Gesamt inkl. MwSt.: 7 % 2,87 € · Kleinunternehmer berechnen keine MwSt. 62,20 €" in page


def test_the_letter_holds_the_contract(cast: Cast, client: FlaskClient) -> None:
    """checkout, orders: what is in hand afterwards names goods, every sum, address, way to pay,
    right of withdrawal and how it is used, and each seller's terms (§ 312f BGB).
    """
    put(cast, client, WINE)
    put(cast, client, HAT)
    number = order(cast, client)
    run_due()
    door = doors().mail
    mails = [door.read(name) for name in door.names(9)]  # type: ignore[attr-defined]
    text = next(" ".join(mail.text.split()) for mail in mails
                if mail.subject.startswith("Deine Bestellung"))
    for words in ("1 × Riesling vom Schiefer", ": 11,40 €", "Versand: 6,90 €",
                  "Von diesem Erzeuger: 18,30 € (alle Steuern inbegriffen)",
                  "Von diesem Erzeuger: 43,90 €", "Gesamt: 62,20 €", "Überweisung",
                  "binnen vierzehn Tagen", "/withdraw", f"/orders/{number}", "Werktag",
                  "/producers/weingut-kaltbach/imprint", "Dorfstraße 1, 54321 Kaltbach"):
        assert words in text, (words, text)
    assert "None" not in text, text


def test_a_letter_that_waited_through_an_upgrade_leaves(cast: Cast) -> None:
    """notify, faults: what was written before sums stood in it still becomes a letter."""
    old = {"number": "K7M3Q9TB-1", "seller": "Hof A", "age": 0, "lines": [[2, "Honig"]],
           "sold_by": "Hof A, Weg 1", "trader": True}
    said = {"number": "K7M3Q9TB", "url": "/orders/K7M3Q9TB", "parts": [old]}
    page = LetterPage("Cleo", said, "http://localhost", "Zuruf", None, "", "de")
    for text in rendered("order", page)[1:]:
        assert "2 × Honig" in text and "Hof A, Weg 1" in text and "€" not in text
