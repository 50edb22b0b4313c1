"""Stopped goods: the operator sees each and lifts it by name, with a reason in the log."""

from __future__ import annotations

import pytest
from flask import Flask

from marketplace.catalog.actions import (
    Held,
    NewLot,
    SoldOut,
    first_lot,
    lift,
    publish,
    reserve,
    stop,
    withdraw,
)
from marketplace.catalog.models import Lot, Product, SafetyStop
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.moderation.models import AuditEntry
from tests.cast import Cast
from tests.catalog.goods import state_of

WINE = "riesling-vom-schiefer"


def stopped(cast: Cast, slug: str = WINE, lot: bool = False) -> int:
    """A stop by ana, of the product or of its lot; its number."""
    goods, ana = cast.goods(slug), cast.id("ana")
    db.session.rollback()
    with committing():
        lot_id = first_lot(goods.product_id, NewLot("2022", "vintage")).id if lot else None
        stop(goods.product_id, "Glassplitter.", lot_id, ana)
    found = db.session.scalar(db.select(SafetyStop.id))
    db.session.rollback()
    assert found is not None
    return found


def test_operator_lifts_the_stop_of_a_product(cast: Cast) -> None:
    """catalog-15: named person, reason, log; the house puts it on sale again and not before."""
    number, olga = stopped(cast), cast.browser("olga")
    listed = olga.get("/operator/stops").get_data(as_text=True)
    assert "Riesling vom Schiefer" in listed and "Glassplitter." in listed
    assert "Riesling" in cast.browser("ana").get("/studio/products").get_data(as_text=True)
    short = cast.post(olga, f"/operator/stops/{number}", why="gut")
    assert short.status_code == 422 and state_of(cast.goods(WINE).product_id) == "stopped"
    assert "Glassplitter." in short.get_data(as_text=True)
    why = "Prüfbericht 12 der Kellerei gelesen."
    assert cast.post(olga, f"/operator/stops/{number}", why=why).status_code == 303
    assert state_of(cast.goods(WINE).product_id) == "paused"
    row = db.session.scalar(db.select(AuditEntry).order_by(AuditEntry.n.desc()))
    assert row is not None and row.person_id == cast.id("olga")
    assert (row.action, row.object_kind, row.why) == ("stop_lifted", "product", why)
    done = olga.get("/operator/stops?state=lifted").get_data(as_text=True)
    assert "Olga" in done and why in done
    again = cast.post(olga, f"/operator/stops/{number}", why=why)
    assert again.status_code == 409
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert "geprüft und freigegeben" in page
    db.session.rollback()
    with committing():
        publish(cast.goods(WINE).product_id)
    assert state_of(cast.goods(WINE).product_id) == "published"


def test_operator_lifts_the_stop_of_a_lot(cast: Cast) -> None:
    """catalog-15: while its only lot is stopped a product is sold out on cards; then bought again.
    """
    number, goods = stopped(cast, lot=True), cast.goods(WINE)
    assert db.session.scalar(db.select(Product.in_stock).where(Product.id == goods.product_id)
                             ) is False
    db.session.rollback()
    with pytest.raises(SoldOut), committing():
        reserve([Held(goods.variant_id, 1)])
    html = cast.browser("olga").get(f"/operator/stops/{number}").get_data(as_text=True)
    assert "Riesling vom Schiefer · 2022" in html and "Ana" in html
    with committing():
        lift(number, "Nachgeprüft durch das Labor.", cast.id("olga"))
    assert db.session.scalar(db.select(Lot.stopped_at)) is None
    assert db.session.scalar(db.select(Product.in_stock).where(Product.id == goods.product_id))
    db.session.rollback()
    with committing():
        reserve([Held(goods.variant_id, 1)])


def test_a_stop_is_lifted_once_and_by_no_way_round(cast: Cast) -> None:
    """catalog-15: a stopped product is not withdrawn and sold again; two stops end together."""
    number, product_id, olga = stopped(cast), cast.goods(WINE).product_id, cast.id("olga")
    db.session.rollback()
    for way in (lambda: withdraw(product_id, "Aus."), lambda: publish(product_id)):
        with pytest.raises(Conflict), committing():
            way()
    with committing():
        stop(product_id, "Noch ein Grund.")
    with pytest.raises(Invalid), committing():
        lift(number, "  kurz  ", olga)
    with committing():
        lift(number, "Beides wurde geprüft.", olga)
    assert db.session.scalar(db.select(db.func.count()).where(SafetyStop.lifted_at.is_(None))) == 0
    db.session.rollback()
    with pytest.raises(Conflict), committing():
        lift(number, "Beides wurde geprüft.", olga)
    assert state_of(product_id) == "paused"


def test_operators_and_house_hear_of_it(app: Flask, cast: Cast) -> None:
    """catalog-15: those who run the market hear of a stop, the house of its end."""
    number, olga = stopped(cast), cast.browser("olga")
    notices = olga.get("/account/notices").get_data(as_text=True)
    assert "/operator/stops" in notices and "Sicherheit" in notices
    assert cast.post(olga, f"/operator/stops/{number}", why="Alles ist in Ordnung."
                     ).status_code == 303
    assert "aufgehoben" in cast.browser("ana").get("/account/notices").get_data(as_text=True)
    assert "/operator/stops" in olga.get("/").get_data(as_text=True)


def test_a_recall_stops_the_sale(app: Flask, cast: Cast) -> None:
    """catalog-15: what is recalled cannot be bought; a lot stopped before is stopped once."""
    product = cast.goods(WINE).product_id
    ana = cast.browser("ana")
    sent = cast.post(ana, "/studio/news", matter="recall", title="Bitte nicht trinken",
                     words="Es sind Splitter darin.", product=str(product))
    assert sent.status_code == 303
    assert state_of(product) == "stopped"
    row = db.session.scalars(db.select(SafetyStop)).one()
    assert (row.why, row.person_id) == ("Bitte nicht trinken", cast.id("ana"))
    db.session.rollback()
    other = cast.goods("spaetburgunder-dorfkern")
    with committing():
        lot_id = first_lot(other.product_id, NewLot("2021", "vintage")).id
        stop(other.product_id, "Kork.", lot_id)
    assert cast.post(ana, "/studio/news", matter="recall", title="Jahrgang 2021 mit Kork",
                     words="Bitte zurück.", product=f"{other.product_id}-{lot_id}"
                     ).status_code == 303
    assert db.session.query(SafetyStop).filter_by(product_id=other.product_id).count() == 1
    assert state_of(other.product_id) == "published"
