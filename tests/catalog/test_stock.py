"""Stock that cannot be sold twice (catalog-7, catalog-8, catalog-15)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from marketplace.catalog.actions import (
    Held,
    NewLot,
    SoldOut,
    correct,
    first_lot,
    free,
    reserve,
    stop,
    use,
)
from marketplace.catalog.models import Variant
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, OutsideDown
from tests.cast import Cast

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SCARCE = ("hurry", "selling fast", "last chance", "nur noch kurz", "letzte chance", "fast weg",
          "beliebt!", "in demand", "almost gone", "bald ausverkauft")


def at_once(app: Flask, work: list[Callable[[], None]]) -> Counter[str]:
    """Run all in parallel, each in a change of its own; how each ended."""
    def one(call: Callable[[], None]) -> str:
        with app.app_context():
            try:
                with committing():
                    call()
            except SoldOut:
                return "sold out"
            except OutsideDown:
                return "busy"
            finally:
                db.session.remove()
            return "kept"

    with ThreadPoolExecutor(24) as pool:
        return Counter(pool.map(one, work))


def numbers(variant_id: int) -> tuple[int, int]:
    """On hand and reserved."""
    db.session.rollback()
    row = db.session.get_one(Variant, variant_id, populate_existing=True)
    db.session.rollback()
    return row.on_hand, row.reserved


def put(variant_id: int, on_hand: int) -> None:
    """Set the stock."""
    with committing():
        correct(variant_id, on_hand)


@pytest.mark.slow
def test_two_hundred_want_ten(app: Flask, cast: Cast) -> None:
    """catalog-7: 200 parallel reservations of one piece on ten pieces keep exactly ten."""
    variant_id = cast.goods("riesling-vom-schiefer").variant_id
    put(variant_id, 10)
    ended = at_once(app, [lambda: reserve([Held(variant_id, 1)])] * 200)
    assert numbers(variant_id) == (10, 10)
    assert ended["kept"] == 10
    assert ended["kept"] + ended["sold out"] + ended["busy"] == 200
    assert ended["busy"] == 0


@pytest.mark.slow
def test_opposite_order_has_no_deadlock(app: Flask, cast: Cast) -> None:
    """catalog-7: two variants asked for in opposite order, 60 times at once: all or nothing."""
    one = cast.goods("riesling-vom-schiefer").variant_id
    two = cast.goods("spaetburgunder-dorfkern").variant_id
    put(one, 40)
    put(two, 25)
    there, back = [Held(one, 1), Held(two, 1)], [Held(two, 1), Held(one, 1)]
    work = [lambda: reserve(there)] * 30 + [lambda: reserve(back)] * 30
    random.Random(7).shuffle(work)
    ended = at_once(app, work)
    assert ended == Counter({"sold out": 35, "kept": 25})
    assert numbers(one) == (40, 25)
    assert numbers(two) == (25, 25)


def test_correction_below_what_is_ordered_is_refused(app: Flask, cast: Cast) -> None:
    """catalog-7: reserved pieces cannot be counted away; giving back and handing over fit."""
    variant_id = cast.goods("riesling-vom-schiefer").variant_id
    put(variant_id, 5)
    with committing():
        reserve([Held(variant_id, 3)])
    with pytest.raises(Invalid), committing():
        correct(variant_id, 2)
    assert numbers(variant_id) == (5, 3)
    with committing():
        free([Held(variant_id, 1)])
        use([Held(variant_id, 2)])
    assert numbers(variant_id) == (3, 0)


def test_nothing_is_kept_when_one_of_two_is_gone(app: Flask, cast: Cast) -> None:
    """3.4: all or none, and the refusal says what is left."""
    one = cast.goods("riesling-vom-schiefer").variant_id
    two = cast.goods("spaetburgunder-dorfkern").variant_id
    put(two, 1)
    before = numbers(one)
    with pytest.raises(SoldOut) as fault, committing():
        reserve([Held(one, 1), Held(two, 2)])
    assert fault.value.left == {two: 1}
    assert numbers(one) == before


def test_few_left_is_the_real_number_and_never_above_three(app: Flask, cast: Cast) -> None:
    """catalog-8: the words are the number that is available, from three down."""
    goods, visitor = cast.goods("riesling-vom-schiefer"), app.test_client()
    for on_hand, words in ((4, ""), (3, "only 3 left"), (1, "only 1 left")):
        put(goods.variant_id, on_hand)
        app.extensions.pop("kept", None)
        html = visitor.get(f"/products/{goods.slug}?lang=en").get_data(as_text=True)
        word = html.split('class="stock-word')[1][:200]
        assert (words in word) if words else ("only" not in word)
    with committing():
        reserve([Held(goods.variant_id, 1)])
    app.extensions.pop("kept", None)
    assert "sold out" in visitor.get(f"/products/{goods.slug}?lang=en").get_data(as_text=True)


def test_no_other_word_makes_goods_scarce() -> None:
    """catalog-8: no template speaks of scarcity in another way."""
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8").lower()
        assert not [word for word in SCARCE if word in text], path


def test_stopped_lot_cannot_be_ordered(app: Flask, cast: Cast) -> None:
    """catalog-15: a stopped lot is not reserved, the page says why; the other lot is sold."""
    goods, visitor = cast.goods("riesling-vom-schiefer"), app.test_client()
    assert cast.post(visitor, "/basket/lines", variant=goods.variant_id, qty=1).status_code == 303
    with committing():
        lot_id = first_lot(goods.product_id, NewLot("2022", "vintage")).id
        stop(goods.product_id, "Glassplitter in der Füllung.", lot_id)
    before = numbers(goods.variant_id)
    with pytest.raises(SoldOut), committing():
        reserve([Held(goods.variant_id, 1)])
    assert numbers(goods.variant_id) == before
    app.extensions.pop("kept", None)
    html = visitor.get(f"/products/{goods.slug}").get_data(as_text=True)
    assert "Glassplitter in der Füllung." in html
    assert "2022" in html
    assert "has-fault" in visitor.get("/basket").get_data(as_text=True)
    late = cast.post(app.test_client(), "/basket/lines", variant=goods.variant_id, qty=1)
    assert late.status_code == 404


def test_stopped_product_cannot_be_ordered(app: Flask, cast: Cast) -> None:
    """catalog-15: a stopped product stays readable with its reason, and nobody gets a piece."""
    goods = cast.goods("riesling-vom-schiefer")
    with committing():
        stop(goods.product_id, "Etikett falsch.")
    with pytest.raises(SoldOut), committing():
        reserve([Held(goods.variant_id, 1)])
    page = app.test_client().get(f"/products/{goods.slug}")
    assert page.status_code == 200
    assert "Etikett falsch." in page.get_data(as_text=True)
