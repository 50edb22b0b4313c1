"""A recall: nobody can buy the goods, or the lot, from that moment on; its buyers are warned."""

from __future__ import annotations

from flask import Flask
from werkzeug.test import TestResponse

from marketplace.catalog.actions.lots import NewLot, first_lot
from marketplace.catalog.models import Lot, Product, Variant
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

WINE = "riesling-vom-schiefer"
WHY = "Glassplitter in einer Füllung"


def recalled(cast: Cast, goods: str, who: str = "ana") -> TestResponse:
    """A recall of these goods, as the form sends them, and the jobs that follow."""
    sent = cast.post(cast.browser(who), "/studio/news", matter="recall", title=WHY, product=goods,
                     words="Bitte nicht trinken; wir holen die Flaschen ab.")
    db.session.rollback()
    run_due()
    return sent


def product() -> Product:
    """The wine as it stands."""
    db.session.rollback()
    return db.session.scalars(db.select(Product).where(Product.slug == WINE)).one()


def warned() -> list[int]:
    """Whom a letter reached."""
    db.session.rollback()
    run_due()
    return [row[0] for row in db.session.execute(db.text(
        "SELECT person_id FROM letters WHERE template = 'recalled' ORDER BY person_id"))]


def bought(cast: Cast, who: str) -> None:
    """A member buys the wine and has it."""
    send(cast, "ana", f"{order_by(cast, cast.browser(who), WINE)}-1")


def test_recall_stops_the_product(app: Flask, cast: Cast) -> None:
    """catalog section 5, producers 5: the page stays readable and says why, nothing of it goes into
    a basket, the house cannot put it back on sale; other goods are sold.
    """
    goods = cast.goods(WINE)
    assert recalled(cast, str(goods.product_id)).status_code == 303
    assert product().state == "stopped"
    page = app.test_client().get(f"/products/{WINE}")
    assert page.status_code == 200 and WHY in page.get_data(as_text=True)
    tried = cast.post(cast.browser("cleo"), "/basket/lines", variant=goods.variant_id, qty="1")
    assert tried.status_code in (404, 409, 422)
    assert cast.post(cast.browser("ana"), f"/studio/products/{goods.product_id}/sale"
                     ).status_code == 409
    assert product().state == "stopped"
    assert order_by(cast, cast.browser("cleo"), "literwein-fuer-alle-tage")


def test_recall_of_a_lot_stops_and_warns_no_other(cast: Cast) -> None:
    """catalog section 5, dialogue-25: cleo has the old lot, eva the new one; only the old lot is
    stopped and only cleo gets a letter; the next recall, of the whole, reaches both.
    """
    number = cast.goods(WINE).product_id
    db.session.rollback()
    with committing():
        first = first_lot(number, NewLot("2022", "vintage")).id
    bought(cast, "cleo")
    db.session.rollback()
    with committing():
        lot = Lot(product_id=number, label="2021", kind="vintage", sequence=2)
        db.session.add(lot)
        db.session.flush()
        second = lot.id
        db.session.execute(db.update(Variant).where(Variant.product_id == number)
                           .values(lot_id=second))
    bought(cast, "eva")
    assert recalled(cast, f"{number}-{first}").status_code == 303
    assert product().state == "published"
    stopped = {row[0]: row[1] for row in db.session.execute(
        db.select(Lot.id, Lot.stopped_why).where(Lot.stopped_at.is_not(None)))}
    assert stopped == {first: WHY} and second not in stopped
    assert db.session.scalar(db.select(Thread.lot_id)) == first
    assert warned() == [cast.id("cleo")]
    assert recalled(cast, str(number)).status_code == 303
    assert product().state == "stopped"
    assert sorted(set(warned())) == sorted((cast.id("cleo"), cast.id("eva")))


def test_recall_names_own_goods_alone(cast: Cast) -> None:
    """producers-8: goods of another house, a lot of other goods, nonsense: refused, nothing stops.
    """
    wine, hat = cast.goods(WINE).product_id, cast.goods("muetze-deichwind").product_id
    db.session.rollback()
    with committing():
        lot = first_lot(wine, NewLot("2022", "vintage")).id
    for who, goods in (("bert", str(wine)), ("bert", f"{wine}-{lot}"), ("bert", f"{hat}-{lot}"),
                       ("ana", f"{wine}-999999"), ("ana", "x"), ("ana", f"{wine}-x-1"),
                       ("ana", "")):
        assert recalled(cast, goods, who).status_code == 422, goods
    assert product().state == "published" and warned() == []
    assert db.session.scalar(db.select(db.func.count(Thread.id))) == 0


def test_other_news_stop_nothing(cast: Cast) -> None:
    """A correction about the same goods leaves them on sale."""
    sent = cast.post(cast.browser("ana"), "/studio/news", matter="correction",
                     title="Falsches Etikett", words="Es sind 12 % und nicht 13 %.",
                     product=str(cast.goods(WINE).product_id))
    assert sent.status_code == 303 and product().state == "published"
