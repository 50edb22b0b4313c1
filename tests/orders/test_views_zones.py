"""The shipping table in the studio, and what a basket makes of it."""

from __future__ import annotations

import io

from marketplace.foundation.database import db
from marketplace.orders.models import ShippingRate, ShippingZone
from tests.cast import Cast

URL = "/studio/shipping"
HAT = "muetze-deichwind"
ISLAND = {"countries": "DE", "postcodes": "25980-25999", "method": "parcel", "basis": "units",
          "from_x": "1", "to_x": "6", "price": "14,90"}


def rows() -> int:
    """Rows of all tables."""
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count(ShippingRate.id))) or 0)


def test_island_has_its_own_price(cast: Cast) -> None:
    """orders-4, checkout-4: the narrowest zone holds in the basket; the test says the same."""
    bert = cast.browser("bert")
    assert cast.post(bert, URL, **ISLAND).status_code == 303
    cleo = cast.browser("cleo")
    cast.post(cleo, "/basket/lines", variant=cast.goods(HAT).variant_id, qty=1)
    assert "4,90" in cleo.get("/basket").get_data(as_text=True)
    cast.post(cleo, "/basket/place", country="DE", postcode="25996")
    html = cleo.get("/basket").get_data(as_text=True)
    assert "14,90" in html
    tried = bert.get(f"{URL}?t_country=de&t_postcode=25996&t_units=6&t_goods=50&t_weight=900")
    assert "14,90" in tried.get_data(as_text=True).split('id="try"')[1]
    over = bert.get(f"{URL}?t_country=DE&t_postcode=25996&t_units=7&t_goods=50&t_weight=900")
    assert "Nicht lieferbar" in over.get_data(as_text=True).split('id="try"')[1]


def test_second_row_and_taking_out(cast: Cast) -> None:
    """orders 3.13: 7 to 12 beside 1 to 6; the last row takes its zone along."""
    bert = cast.browser("bert")
    cast.post(bert, URL, **ISLAND)
    zone = db.session.scalar(db.select(db.func.max(ShippingZone.id)))
    more = {**ISLAND, "zone": zone, "from_x": "7", "to_x": "12", "price": "19,90"}
    before = rows()
    assert cast.post(bert, URL, **more).status_code == 303
    assert rows() == before + 1
    for again in (more, {**more, "basis": "flat"}, {**more, "zone": 999_999}):
        assert cast.post(bert, URL, **again).status_code in (404, 422)
    assert rows() == before + 1
    for number in db.session.scalars(db.select(ShippingRate.id).where(
            ShippingRate.zone_id == zone)).all():
        assert cast.post(bert, URL, out=number).status_code == 303
    assert db.session.get(ShippingZone, zone) is None


def test_two_zones_as_narrow_are_refused(cast: Cast) -> None:
    """orders 3.13: refused when saved, and what was typed stays in the form."""
    bert = cast.browser("bert")
    cast.post(bert, URL, **ISLAND)
    before = rows()
    for typed, words in ((ISLAND, "25980-25999"), ({**ISLAND, "postcodes": ""}, "DE"),
                         ({**ISLAND, "postcodes": "9-10"}, "9-10"),
                         ({**ISLAND, "postcodes": "1000-1999", "price": "umsonst"}, "umsonst"),
                         ({**ISLAND, "postcodes": "1000-1999", "to_x": "0"}, "1000-1999")):
        answer = cast.post(bert, URL, **typed)
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)
    assert rows() == before


def test_rows_of_others_stay(cast: Cast) -> None:
    """orders-27: ana cannot take out what bert wrote."""
    row = db.session.scalar(db.select(ShippingRate.id).join(
        ShippingZone, ShippingZone.id == ShippingRate.zone_id).where(
        ShippingZone.producer_id == cast.goods(HAT).producer_id))
    before = rows()
    assert cast.post(cast.browser("ana"), URL, out=row).status_code == 404
    assert rows() == before


FILE = """countries;postcodes;method;basis;from_x;to_x;price;free_from;handover_age;days_min;\
days_max
CH;;parcel;units;1;6;12,90;;0;2;5
CH;;parcel;units;7;12;19,90;;0;2;5
DE;27498;parcel;flat;;;9,90;99;18;3;6
"""


def handed(text: str) -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return io.BytesIO(text.encode()), "tabelle.csv"


def test_a_table_comes_as_a_file(cast: Cast) -> None:
    """orders 6: all rows or none; three rows make two zones; the same file again overlaps in each
    row, told by its number, and nothing is saved; what is written can be handed in elsewhere.
    """
    bert, before = cast.browser("bert"), rows()
    assert cast.post(bert, f"{URL}/file", file=handed(FILE)).status_code == 303
    assert rows() == before + 3
    table = bert.get(f"{URL}.csv").get_data(as_text=True)
    assert "CH;;parcel;units;7;12;19.90;;0;2;5" in table
    again = cast.post(bert, f"{URL}/file", file=handed(FILE))
    words = again.get_data(as_text=True)
    assert again.status_code == 422
    assert [f"Zeile {n}:" in words for n in (2, 3, 4)] == [True] * 3
    assert rows() == before + 3


def test_one_bad_row_saves_none(cast: Cast) -> None:
    """orders 6: an overlap in row 3 and a price that is none in row 5: both are told, the good row
    before them is not saved either.
    """
    bert, before = cast.browser("bert"), rows()
    text = FILE.replace("7;12", "6;12") + "XX;;parcel;flat;;;viel;;0;1;2\n"
    refused = cast.post(bert, f"{URL}/file", file=handed(text)).get_data(as_text=True)
    assert "Zeile 3:" in refused
    assert "Zeile 5:" in refused
    assert "Zeile 2:" not in refused
    assert rows() == before
    assert cast.post(bert, f"{URL}/file", file=handed("")).status_code == 422
    assert cast.post(cast.browser("dan"), f"{URL}/file", file=handed(FILE)).status_code == 404
