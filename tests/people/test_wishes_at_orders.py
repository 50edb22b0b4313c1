"""people-14: a wish is shown to one house at one order, by a tick, and no longer than it helps."""

from __future__ import annotations

import sqlalchemy as sa
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.orders.models import Order, OrderWish, SellerOrder
from marketplace.people import actions
from tests.cast import Cast
from tests.stories.test_circle import order_by


def ordered(cast: Cast, cleo: FlaskClient) -> tuple[str, str]:
    """The number of an order of two houses, and of ana's part of it."""
    order_by(cast, cleo, "riesling-vom-schiefer")
    row = db.session.execute(sa.select(Order.number, SellerOrder.number).join(
        SellerOrder, SellerOrder.order_id == Order.id)).first()
    assert row is not None
    db.session.rollback()
    return row[0], row[1]


def told(cast: Cast) -> tuple[int, int, int]:
    with committing():
        return (actions.tell_wish(cast.id("cleo"), "size", {"words": "Größe M"}),
                actions.tell_wish(cast.id("cleo"), "expectation", {"words": "Bitte ohne Folie"}),
                actions.tell_wish(cast.id("eva"), "like", {"words": "Evas Sache"}))


def test_ticked_wish_is_read_by_the_house_of_that_part_alone(cast: Cast) -> None:
    """people-14: nothing is ticked before; what is ticked the house reads, not the other house,
    not the market; unticked or taken back it is gone.
    """
    cleo, ana = cast.browser("cleo"), cast.browser("ana")
    number, part = ordered(cast, cleo)
    _size, folie, evas = told(cast)
    page = cleo.get(f"/orders/{number}/parts/1/wishes").get_data(as_text=True)
    assert "Bitte ohne Folie" in page and 'name="wish"' in page
    assert f'value="{folie}" checked' not in page
    assert "Folie" not in ana.get(f"/studio/orders/{part}").get_data(as_text=True)
    sent = cast.post(cleo, f"/orders/{number}/parts/1/wishes", wish=[folie, evas])
    assert sent.status_code == 303
    read = ana.get(f"/studio/orders/{part}").get_data(as_text=True)
    assert "Bitte ohne Folie" in read and "Größe M" not in read and "Evas Sache" not in read
    page = cleo.get(f"/orders/{number}/parts/1/wishes").get_data(as_text=True)
    assert f'value="{folie}" checked' in page
    for who in ("bert", "olga", "max"):
        assert "Folie" not in cast.browser(who).get(
            f"/studio/orders/{part}").get_data(as_text=True)
    cast.post(cleo, f"/orders/{number}/parts/1/wishes")
    assert "Folie" not in ana.get(f"/studio/orders/{part}").get_data(as_text=True)
    cast.post(cleo, f"/orders/{number}/parts/1/wishes", wish=[folie])
    cast.post(cleo, f"/account/wishes/{folie}/drop")
    assert "Folie" not in ana.get(f"/studio/orders/{part}").get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OrderWish)) == 0


def test_strangers_show_nothing_and_the_market_sees_nothing(cast: Cast) -> None:
    """people-14: others' orders are not found; with the buyer's leave to look, the market sees
    the order without these words.
    """
    cleo = cast.browser("cleo")
    number, _part = ordered(cast, cleo)
    _size, folie, evas = told(cast)
    assert cast.post(cast.browser("eva"), f"/orders/{number}/parts/1/wishes",
                     wish=[evas]).status_code == 404
    assert cast.post(cast.app.test_client(), f"/orders/{number}/parts/1/wishes",
                     wish=[folie]).status_code in (303, 404)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OrderWish)) == 0
    cast.post(cleo, f"/orders/{number}/parts/1/wishes", wish=[folie])
    cast.post(cleo, f"/orders/{number}/look", act="let")
    olga = cast.browser("olga")
    looked = cast.post(olga, f"/operator/orders/{number}", why="Rückfrage der Käuferin", act="look")
    assert "Folie" not in looked.get_data(as_text=True)


def test_once_the_goods_are_there_nobody_reads_it(cast: Cast) -> None:
    """people-14: with the delivery the words go from the page of the house, and no tick is left."""
    cleo, ana = cast.browser("cleo"), cast.browser("ana")
    number, part = ordered(cast, cleo)
    _size, folie, _evas = told(cast)
    cast.post(cleo, f"/orders/{number}/parts/1/wishes", wish=[folie])
    with committing():
        db.session.execute(sa.update(SellerOrder).values(state="delivered"))
    assert "Folie" not in ana.get(f"/studio/orders/{part}").get_data(as_text=True)
    assert 'name="wish"' not in cleo.get(f"/orders/{number}/parts/1/wishes").get_data(as_text=True)
    assert cast.post(cleo, f"/orders/{number}/parts/1/wishes", wish=[folie]).status_code == 409
