"""The same once more: what changed is listed first, and what can be had goes in."""

from __future__ import annotations

import sqlalchemy as sa

from marketplace.catalog.models import Variant
from marketplace.checkout.models import BasketLine
from marketplace.foundation.database import committing, db
from marketplace.orders.models import OrderLine
from tests.cast import Cast
from tests.orders.hands import number_of, placed

WINE, HAT, LITRE = "riesling-vom-schiefer", "muetze-deichwind", "literwein-fuer-alle-tage"


def basket() -> dict[int, int]:
    """Pieces by variant in all baskets."""
    db.session.rollback()
    return dict(db.session.execute(sa.select(BasketLine.variant_id, BasketLine.qty)).all())


def ordered(cast: Cast) -> str:
    """Cleo's order of two wines and a hat, with the words of today."""
    (one, _two) = placed(cast, (WINE, 2), (HAT, 1))
    with committing():
        db.session.execute(sa.update(OrderLine).values(essentials=""))
    return number_of(one)


def test_nothing_changed_is_one_tap(cast: Cast) -> None:
    """orders-30: without a difference the first tap fills the basket."""
    number, cleo = ordered(cast), cast.browser("cleo")
    assert f"/orders/{number}/reorder" in cleo.get("/orders").get_data(as_text=True)
    done = cast.post(cleo, f"/orders/{number}/reorder")
    assert done.status_code == 303 and done.location.endswith("/basket")
    assert basket() == {cast.goods(WINE).variant_id: 2, cast.goods(HAT).variant_id: 1}


def test_differences_are_listed_then_two_taps(cast: Cast) -> None:
    """orders-30: another price, other words and what is sold out are named; nothing is swapped; the
    second tap takes the rest at today's price.
    """
    number, cleo = ordered(cast), cast.browser("cleo")
    wine, hat = cast.goods(WINE), cast.goods(HAT)
    with committing():
        db.session.execute(sa.update(Variant).where(Variant.id == wine.variant_id)
                           .values(price_minor=1290))
        db.session.execute(sa.update(Variant).where(Variant.id == hat.variant_id)
                           .values(on_hand=Variant.reserved))
        db.session.execute(sa.update(OrderLine).where(OrderLine.variant_id == wine.variant_id)
                           .values(essentials="mit Zimt"))
    page = cast.post(cleo, f"/orders/{number}/reorder")
    text = page.get_data(as_text=True)
    assert page.status_code == 200 and basket() == {}
    for words in ("12,90", "11,40", "Jetzt anders beschrieben", "ausverkauft", "Etwas anderes"):
        assert words in text, words
    assert cast.post(cleo, f"/orders/{number}/reorder", step="add").status_code == 303
    assert basket() == {wine.variant_id: 2}


def test_another_vintage_is_named(cast: Cast) -> None:
    """orders-30: the lot of then and the lot of today stand beside each other."""
    from marketplace.catalog.models import Lot

    number, cleo, wine = ordered(cast), cast.browser("cleo"), cast.goods(WINE)
    with committing():
        for label in ("2021", "2024"):
            db.session.execute(sa.insert(Lot).values(
                product_id=wine.product_id, kind="vintage", label=label))
        old, new = db.session.scalars(sa.select(Lot.id).where(
            Lot.label.in_(("2021", "2024"))).order_by(Lot.label))
        db.session.execute(sa.update(OrderLine).where(OrderLine.variant_id == wine.variant_id)
                           .values(lot_id=old))
        db.session.execute(sa.update(Variant).where(Variant.id == wine.variant_id)
                           .values(lot_id=new))
    text = cast.post(cleo, f"/orders/{number}/reorder").get_data(as_text=True)
    assert "jetzt 2024, damals 2021" in text


def test_only_one_s_own_order(cast: Cast) -> None:
    """orders-27: nobody else finds it, and nothing goes into any basket."""
    number = ordered(cast)
    assert cast.post(cast.browser("dan"), f"/orders/{number}/reorder").status_code == 404
    assert basket() == {}
