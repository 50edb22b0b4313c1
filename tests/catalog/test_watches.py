"""Waiting for goods and being told exactly once; low stock; catalog-24."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from marketplace.catalog.actions import correct
from marketplace.catalog.actions.watching import plan_watches, tell_watchers
from marketplace.catalog.models import Variant, Watch
from marketplace.catalog.queries.watching import watch_counts
from marketplace.catalog.rules.waiting import fits_size, low_from, may_hear
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.models import Letter, Notice
from tests.cast import Cast

HAT, WINE = "muetze-deichwind", "riesling-vom-schiefer"
WHO = ("cleo", "dan", "eva", "gina", "max")


def stock(cast: Cast, slug: str, count: int) -> None:
    """Set what is on the shelf, and run what follows."""
    with committing():
        correct(cast.goods(slug).variant_id, count)
    run_due()


def told() -> list[str]:
    """Handles of those who were told, in order of their waiting."""
    rows = db.session.execute(db.text(
        "SELECT p.handle FROM notices n JOIN people p ON p.id = n.person_id "
        "WHERE n.class = 'watch' ORDER BY n.id")).all()
    db.session.rollback()
    return [row[0] for row in rows]


def test_told_once_oldest_first_three_a_piece(cast: Cast) -> None:
    """catalog-24: one piece: three people, the oldest first; the others a day later; each once."""
    stock(cast, HAT, 0)
    for hour, who in enumerate(WHO):
        with time_machine.travel(clock.now() + timedelta(hours=hour), tick=False):
            assert cast.post(cast.browser(who), f"/products/{HAT}/watch").status_code == 303
    with time_machine.travel(clock.now() + timedelta(hours=6)) as later:
        stock(cast, HAT, 1)
        assert told() == list(WHO[:3])
        stock(cast, HAT, 0)
        stock(cast, HAT, 1)
        assert told() == list(WHO)  # a second crossing goes on with the next three
        later.shift(timedelta(hours=25))
        run_due()
        assert told() == list(WHO)
    letters = db.session.scalar(select(func.count(Letter.id)).where(Letter.class_ == "watch"))
    assert letters == 5


def test_the_rest_hear_a_day_later(cast: Cast) -> None:
    """catalog-24: who could not be told yet is told after 24 hours while something is left."""
    stock(cast, HAT, 0)
    for who in WHO[:4]:
        cast.post(cast.browser(who), f"/products/{HAT}/watch")
    stock(cast, HAT, 1)
    assert len(told()) == 3
    with time_machine.travel(clock.now() + timedelta(hours=23)):
        run_due()
        assert len(told()) == 3
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        run_due()
        assert len(told()) == 4


def test_sizes_vintages_and_prices_can_be_wished(cast: Cast) -> None:
    """catalog-24: a size waits for its own variant; a lower price and the next lot are told."""
    goods, cleo = cast.goods(HAT), cast.browser("cleo")
    stock(cast, HAT, 0)
    cast.post(cleo, f"/products/{HAT}/watch", size="L")
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == goods.variant_id)
                           .values(label_de="Größe M", label_en="size M"))
    stock(cast, HAT, 5)
    assert told() == []
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == goods.variant_id)
                           .values(label_de="Größe L"))
        plan_watches(goods.product_id, "back")
    run_due()
    assert told() == ["cleo"]
    cast.post(cast.browser("dan"), f"/products/{WINE}/watch", kind="price")
    ana, wine = cast.browser("ana"), cast.goods(WINE)
    cast.post(ana, f"/studio/variants/{wine.variant_id}", price="12,00", stock="20")
    run_due()
    assert told() == ["cleo"]
    cast.post(ana, f"/studio/variants/{wine.variant_id}", price="9,00", stock="20")
    run_due()
    assert told() == ["cleo", "dan"]


def test_two_runs_tell_once(cast: Cast) -> None:
    """catalog-24: a job that is repeated after a crash tells nobody twice."""
    goods = cast.goods(HAT)
    cast.post(cast.browser("cleo"), f"/products/{HAT}/watch", kind="next_lot")
    for expected in (1, 0):
        with committing():
            assert tell_watchers(goods.product_id, "next_lot") == expected
    assert db.session.scalar(select(func.count(Notice.id)).where(Notice.class_ == "watch")) == 1


def test_one_click_ends_it_and_strangers_cannot(cast: Cast) -> None:
    """catalog-24: ended by one click; asking twice is one watch; the count feeds demand."""
    cleo, goods = cast.browser("cleo"), cast.goods(HAT)
    for _twice in range(2):
        cast.post(cleo, f"/products/{HAT}/watch")
    assert watch_counts([goods.product_id]) == {goods.product_id: {"back": 1}}
    number = db.session.scalar(select(Watch.id))
    page = cleo.get("/account/watches").get_data(as_text=True)
    assert f"/account/watches/{number}/end" in page and "wieder zu haben" in page
    assert cast.post(cast.browser("dan"), f"/account/watches/{number}/end").status_code == 404
    assert cast.post(cleo, f"/account/watches/{number}/end").status_code == 303
    assert watch_counts([goods.product_id]) == {}


def test_signed_out_is_sent_to_sign_in(cast: Cast) -> None:
    """catalog 4: signed out: sign in and return; bad kinds and sizes are refused."""
    visitor = cast.app.test_client()
    sent = visitor.post(f"/products/{HAT}/watch", headers={"Sec-Fetch-Site": "same-origin",
                                                          "Referer": f"http://localhost/products/{HAT}"})
    assert sent.location == f"/sign-in?next=/products/{HAT}"
    cleo = cast.browser("cleo")
    assert cast.post(cleo, f"/products/{HAT}/watch", kind="mond").status_code == 422
    assert cast.post(cleo, f"/products/{HAT}/watch", size="x" * 41).status_code == 422
    assert cast.post(cleo, "/products/gibt-es-nicht/watch").status_code == 404
    assert db.session.scalar(select(func.count(Watch.id))) == 0


@pytest.mark.parametrize(("available", "made", "most"), [(0, False, 0), (1, False, 3),
                                                         (4, False, 12), (0, True, None)])
def test_three_people_a_piece(available: int, made: bool, most: int | None) -> None:
    """catalog, jobs: at most 3 x the available pieces; what is made to order is for all."""
    assert may_hear(available, made) == most


def test_size_is_a_word_of_its_own() -> None:
    """M fits "Größe M" and not "Marine"; nothing wished fits all; "xl" is not "l"."""
    assert fits_size("m", "Größe M, blau") and fits_size("", "egal")
    assert not fits_size("M", "Marine") and not fits_size("L", "XL")


@pytest.mark.parametrize(("chosen", "sold", "from_"), [(None, 0, 0), (None, 7, 4), (None, 8, 4),
                                                       (5, 100, 5), (0, 100, 0)])
def test_warning_follows_the_sales(chosen: int | None, sold: int, from_: int) -> None:
    """8 sold in four weeks are 4 in two; halves are rounded up; a chosen limit rules."""
    assert low_from(chosen, sold) == from_


def test_low_stock_is_told_once_per_crossing(cast: Cast) -> None:
    """Once when it falls to the limit, again only after it was filled up; letters leave in the
    morning, so the second is one of its own only after the first has left.
    """
    from marketplace.orders.jobs import low_stock

    wine, ana = cast.goods(WINE), cast.browser("ana")
    assert cast.post(ana, "/studio/stock", **{f"low{wine.variant_id}": "5"}).status_code == 303
    for count, letters in ((6, 0), (5, 1), (4, 1), (20, 1), (3, 2)):
        stock(cast, WINE, count)
        low_stock()
        assert db.session.scalar(select(func.count(Letter.id)).where(
            Letter.class_ == "stock")) == letters, count
        db.session.rollback()
        if count == 4:
            with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
                run_due()
    page = ana.get("/studio/stock").get_data(as_text=True)
    assert "knapp" in page and "3 übrig" in page
    wrong = cast.post(ana, "/studio/stock", **{f"low{wine.variant_id}": "-1"})
    assert wrong.status_code == 422 and "ganze Zahl von 0" in wrong.get_data(as_text=True)


def test_what_people_wait_for_is_seen_as_demand(cast: Cast) -> None:
    """catalog-24: five people, two of them for size L: the house reads it in its list, the operator
    in the assortment from five people on; once told it is no demand any more.
    """
    stock(cast, HAT, 0)
    for who in WHO[:4]:
        cast.post(cast.browser(who), f"/products/{HAT}/watch",
                  **({"size": "L"} if who in ("cleo", "dan") else {}))
    cast.post(cast.browser("olga"), f"/products/{HAT}/watch", kind="price")
    listed = cast.browser("bert").get("/studio/products").get_data(as_text=True)
    assert "4 warten auf Nachschub" in listed and "1 wartet auf einen niedrigeren Preis" in listed
    assert "L (2)" in listed
    olga = cast.browser("olga")
    figures = olga.get("/operator/assortment").get_data(as_text=True)
    row = figures.split("Ab fünf Leuten")[1].split("</table>")[0]
    assert "Mütze Deichwind" in row and ">5<" in row and "4 warten auf Nachschub" in row
    assert "Cleo" not in row
    with committing():
        db.session.execute(db.update(Watch).where(Watch.kind == "price")
                           .values(told_at=clock.now()))
    assert "Worauf Leute warten" not in olga.get("/operator/assortment").get_data(as_text=True)
