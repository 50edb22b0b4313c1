"""Lines of the basket: out and back again, and what its person avoids."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.catalog.rules.allergens import avoids
from marketplace.checkout.models import BasketLine, LineSource
from marketplace.foundation.database import committing, db
from marketplace.people.actions import give_consent, tell_health
from marketplace.people.rules.consents import HEALTH
from marketplace.web.links import mint
from tests.cast import Cast
from tests.checkout.hands import HAT, WINE, count, put, set_variant, words_of


def line() -> BasketLine:
    """The only line of the only basket."""
    db.session.rollback()
    return db.session.scalars(db.select(BasketLine)).one()


def ways() -> list[tuple[str, str | None]]:
    """What led to it."""
    db.session.rollback()
    return [(row[0], row[1]) for row in db.session.execute(
        db.select(LineSource.kind, LineSource.ref).order_by(LineSource.position))]


def test_a_removed_line_comes_back_as_it_was(cast: Cast, client: FlaskClient) -> None:
    """checkout 4, checkout-18: pieces and source are those of before, the button is there until the
    next change, and pressed twice it puts in nothing twice.
    """
    cast.post(client, "/basket/lines", variant=cast.goods(WINE).variant_id, qty=3,
              source=mint("member", "eva"))
    before = ways()
    assert before and before[-1] == ("member", "eva")
    out = f"/basket/lines/{line().id}"
    assert cast.post(client, out, step="remove").status_code == 303
    page = client.get("/basket").get_data(as_text=True)
    assert "liegt nicht mehr in deinem Korb" in page and 'action="/basket/undo"' in page
    assert count("SELECT count(*) FROM basket_lines") == 0
    for _press in range(2):
        assert cast.post(client, "/basket/undo").status_code == 303
        assert line().qty == 3 and ways() == before
    assert "/basket/undo" not in client.get("/basket").get_data(as_text=True)
    assert cast.post(client, f"/basket/lines/{line().id}", step="remove").status_code == 303
    put(cast, client, HAT)
    assert "/basket/undo" not in client.get("/basket").get_data(as_text=True)


def test_what_is_sold_out_meanwhile_does_not_come_back(cast: Cast, client: FlaskClient) -> None:
    """checkout 6: the last piece went to somebody else: said, nothing put in, no error page."""
    put(cast, client, HAT)
    cast.post(client, f"/basket/lines/{line().id}", step="remove")
    set_variant(cast, HAT, on_hand=0)
    assert cast.post(client, "/basket/undo").status_code == 303
    assert "ausverkauft" in client.get("/basket").get_data(as_text=True)
    assert count("SELECT count(*) FROM basket_lines") == 0


@pytest.mark.parametrize(("wish", "label", "said"), [
    ("Sulfite", "contains sulphites", True), ("Nüsse", "kann Haselnüsse enthalten", True),
    ("lactose", "Milch", True), ("Quitte", "Quittenkerne", True),
    ("Erdnüsse", "Sulfite", False), ("Nüsse", "Erdnüsse", False), ("Ei", "Weißwein", False),
    ("", "Milch", False), ("Fisch", "", False)])
def test_words_of_a_label_and_of_a_person(wish: str, label: str, said: bool) -> None:
    """checkout 4: the fourteen groups of Regulation 1169/2011 in both languages, else the word."""
    assert avoids(wish, label) is said


def test_allergies_are_hinted_at_and_kept_nowhere(cast: Cast) -> None:
    """checkout 4: cleo told that she avoids sulphites: the wine says so, the hat nothing; nobody
    else reads it, and no table of basket or order holds it.
    """
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    with committing():
        give_consent(cast.id("cleo"), HEALTH, "test", "test")
        tell_health(cast.id("cleo"), "allergy", "Sulphites")
    for buyer in (cleo, eva):
        put(cast, buyer, WINE)
        put(cast, buyer, HAT)
    said = words_of(cleo.get("/basket").get_data(as_text=True))
    assert said.count("dass du das meidest: Sulphites") == 1
    assert said.index("Riesling vom Schiefer") < said.index("meidest") < said.rindex("Deichwind")
    assert "meidest" not in eva.get("/basket").get_data(as_text=True)
    for table in ("baskets", "basket_lines", "line_sources", "checkouts"):
        rows = db.session.execute(db.text(f"SELECT * FROM {table}")).all()
        assert "ulphite" not in str(rows)


def test_what_was_typed_counts_whatever_is_pressed(cast: Cast, client: FlaskClient) -> None:
    """checkout 4: Enter in the field of pieces presses the first button, "one less"; five typed are
    five, and a press without typing is one less.
    """
    put(cast, client, WINE, 3)
    here = f"/basket/lines/{line().id}"
    cast.post(client, here, step="less", qty="5", was="3")
    assert line().qty == 5
    cast.post(client, here, step="less", qty="5", was="5")
    assert line().qty == 4
    assert cast.post(client, here, step="less", qty="zwei", was="4").status_code == 422
