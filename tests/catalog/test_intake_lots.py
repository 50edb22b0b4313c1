"""catalog-21 with vintages: what a lot says for itself leaves and comes back in a file."""

from __future__ import annotations

import csv
from io import StringIO

from flask.testing import FlaskClient
from sqlalchemy import select

from marketplace.catalog.actions import change_facts
from marketplace.catalog.models import FactValue, ImportRow, Lot, Particular, Product
from marketplace.catalog.queries import shelves
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.catalog.test_identity import new_vintage
from tests.catalog.test_intake import effects, hand_in, table

WINE = "riesling-vom-schiefer"
HEAD = ("sku;product;title;category;price;amount;unit;stock;not_for;place;lot;f:kind;f:origin;"
        "f:allergens;lot:alcohol;lot:acidity")
REST = "white-wine;9,90;750;ml;24;Nichts für Eilige.;Kaltbach"


def exported(ana: FlaskClient) -> bytes:
    """All goods of ana as CSV."""
    return ana.get("/studio/export?format=csv").get_data()


def lines_of(body: bytes) -> list[dict[str, str]]:
    """The rows of an export by column."""
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig")), delimiter=";"))


def lot_says(label: str) -> dict[str, object]:
    """What a lot says for itself."""
    found = {row.key: row.value for row in db.session.scalars(
        select(Particular).join(Lot, Lot.id == Particular.lot_id).where(Lot.label == label))}
    db.session.rollback()
    return found


def test_vintages_leave_and_come_back_byte_for_byte(cast: Cast) -> None:
    """catalog-21: alcohol of 2022 and 2023 stands in their first rows; changed by hand, the first
    export brings it back, byte for byte; an import of itself is all the same.
    """
    ana, product_id = cast.browser("ana"), cast.goods(WINE).product_id
    db.session.rollback()
    new_vintage(cast, ana, product_id)
    first = exported(ana)
    mine = [row for row in lines_of(first) if row["lot"]]
    assert [(row["lot"], row["lot:alcohol"]) for row in mine] == [("2022", "12"), ("2023", "12.5")]
    assert all(not row["f:alcohol"] for row in mine)
    hand_in(cast, ana, first)
    assert effects() == {"same": 4}
    lot_id, shelf = db.session.execute(select(Lot.id, Product.category_id).join(
        Product, Product.id == Lot.product_id).where(Lot.label == "2022")).one()
    db.session.rollback()
    with committing():
        change_facts(product_id, shelves()[shelf], {"alcohol": 11}, "de", lot_id)
    assert exported(ana) != first
    url = hand_in(cast, ana, first)
    page = ana.get(url).get_data(as_text=True)
    assert "Alkohol (Jahrgang oder Charge)" in page
    assert cast.post(ana, f"{url}/save").status_code == 303
    assert exported(ana) == first
    assert cast.post(ana, f"{url}/undo").status_code == 303
    assert lot_says("2022")["alcohol"] == 11


def test_new_goods_bring_two_vintages(cast: Cast) -> None:
    """catalog-21: one product, two lots, each with its own alcohol; 2024 is on sale."""
    ana = cast.browser("ana")
    url = hand_in(cast, ana, table(
        f"N-23;n;Neues Fass;{REST};2023;Weißwein;Mosel;Sulfite;12,5;6 g/l",
        "N-24;n;;;10,90;750;ml;6;;;2024;;;;13;", head=HEAD))
    assert effects() == {"new": 2}
    assert cast.post(ana, f"{url}/save").status_code == 303
    assert (lot_says("2023"), lot_says("2024")) == (
        {"alcohol": "12,5", "acidity": "6 g/l"}, {"alcohol": "13"})
    assert dict(db.session.execute(select(Lot.label, Lot.state)).all()) == {
        "2023": "past", "2024": "current"}
    db.session.rollback()
    hand_in(cast, ana, exported(ana))
    newest = db.session.scalars(select(ImportRow.effect).where(
        ImportRow.sku.in_(("N-23", "N-24"))).order_by(ImportRow.id.desc()).limit(2)).all()
    assert newest == ["same", "same"]


def test_a_lots_word_needs_a_lot_and_agrees_within_it(cast: Cast) -> None:
    """catalog 6: a row without a lot, and two rows of one lot that differ, are named."""
    ana = cast.browser("ana")
    hand_in(cast, ana, table(
        f"N-1;a;Fass A;{REST};;Weißwein;Mosel;Sulfite;12,5;",
        f"N-2;b;Fass B;{REST};2023;Weißwein;Mosel;Sulfite;12,5;",
        "N-3;b;;;10,90;750;ml;6;;;2023;;;;13;", head=HEAD))
    faults = {row.sku: {name: code for name, (code, _args) in row.faults.items()}
              for row in db.session.scalars(select(ImportRow))}
    assert faults["N-1"] == {"lot:alcohol": "lot_needed"}
    assert faults["N-3"] == {"lot:alcohol": "says_other"}
    assert "N-2" in faults and set(faults["N-2"].values()) == {"sibling"}


def test_a_past_vintage_does_not_lead_to_the_goods(cast: Cast) -> None:
    """catalog-27: after 2023 began, what is corrected at 2022 changes no filter."""
    ana, product_id = cast.browser("ana"), cast.goods(WINE).product_id
    db.session.rollback()
    new_vintage(cast, ana, product_id)
    lot = db.session.scalar(select(Lot.id).where(Lot.label == "2022"))
    shelf = db.session.scalar(select(Product.category_id).where(Product.id == product_id))
    db.session.rollback()
    with committing():
        change_facts(product_id, shelves()[shelf], {"vintage": "1999"}, "de", lot)
    codes = db.session.scalars(select(FactValue.value_code).where(
        FactValue.product_id == product_id, FactValue.key == "vintage")).all()
    assert codes == ["2023"]
