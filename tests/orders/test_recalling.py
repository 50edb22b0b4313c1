"""Goods called back: everybody who has them is found by an index and told in portions, once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.catalog.actions.lots import NewLot, first_lot
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import Job, run_due, run_one
from marketplace.notify.actions import recalling as telling
from marketplace.notify.models import Letter, Notice
from marketplace.orders.actions import cancel_part
from marketplace.orders.actions.retention import forget_buyer
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries.recalling import _bought, buyers_of, members_with
from tests.cast import Cast
from tests.orders.hands import placed

WINE, OTHER = "riesling-vom-schiefer", "literwein-fuer-alle-tage"


def lot_of(cast: Cast, label: str) -> int:
    """The lot of the wine."""
    with committing():
        return first_lot(cast.goods(WINE).product_id, NewLot(label, "vintage")).id


def changed(part_id: int, **values: object) -> int:
    """The order of a part, whose lines get these values."""
    with committing():
        db.session.execute(sa.update(OrderLine).where(
            OrderLine.seller_order_id == part_id).values(**values))
    found = db.session.scalar(sa.select(SellerOrder.order_id).where(SellerOrder.id == part_id))
    assert found is not None
    db.session.rollback()
    return int(found)


def test_buyers_of_a_lot_are_those_who_may_have_it(cast: Cast) -> None:
    """orders-25: cleo twice counts once, eva has another lot, a guest an unknown one, dan gave all
    of it back before it left, max cancelled, olga's order was forgotten, gina bought other goods.
    """
    wine, lot = cast.goods(WINE).product_id, lot_of(cast, "2022")
    with committing():
        other = first_lot(cast.goods(OTHER).product_id, NewLot("2021", "vintage")).id
    first = changed(placed(cast, (WINE, 1))[0], lot_id=lot)
    changed(placed(cast, (WINE, 2))[0], lot_id=lot)
    changed(placed(cast, (WINE, 1), who="eva")[0], lot_id=other)
    guest = changed(placed(cast, (WINE, 1), who=None)[0], lot_id=None)
    changed(placed(cast, (WINE, 1), who="dan")[0], lot_id=lot, cancelled=1)
    gone = placed(cast, (WINE, 1), who="max")
    erased = changed(placed(cast, (WINE, 1), who="olga")[0], lot_id=lot)
    placed(cast, (OTHER, 1), who="gina")
    with committing():
        cancel_part(gone[0], "buyer")
        forget_buyer(erased, clock.now())
    assert list(buyers_of(wine, lot)) == [first, guest]
    assert len(buyers_of(wine)) == 3  # cleo, eva, the guest
    people = [cast.id(name) for name in ("cleo", "eva", "max", "olga")]
    assert members_with(wine, lot, people) == {cast.id("cleo")}


def test_a_recall_is_told_in_portions_and_once(app: Flask, cast: Cast,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    """orders-25, notify-8: three buyers in portions of two: three jobs with the followers' one,
    letter with the notice to each, also to the guest; cleo, who follows the house, hears it once.
    """
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    for who in ("cleo", "eva", None):
        placed(cast, (WINE, 1), who=who)
    for who in ("cleo", "dan"):
        assert cast.post(cast.browser(who), "/producers/weingut-kaltbach/follow", follow="yes"
                         ).status_code == 303
    assert cast.post(cast.browser("ana"), "/studio/news", matter="recall", title="Glas im Wein",
                     product=str(cast.goods(WINE).product_id),
                     words="Bitte nicht trinken.\nWir holen ihn ab.").status_code == 303
    db.session.rollback()
    assert run_one(kind="notify.recall")
    waiting = db.session.scalars(sa.select(Job).where(Job.kind == "notify.warn")).all()
    assert sorted(len(row.data["order_ids"]) for row in waiting) == [1, 2]
    db.session.rollback()
    run_due()
    letters = db.session.scalars(sa.select(Letter).where(Letter.template == "recalled")).all()
    assert [(row.person_id is None, row.state) for row in letters].count((True, "sent")) == 1
    assert {row.person_id for row in letters} == {cast.id("cleo"), cast.id("eva"), None}
    told = db.session.execute(sa.select(Notice.person_id, Notice.title).where(
        Notice.title.in_(("recalled", "house_news")))).all()
    assert sorted(told) == sorted([(cast.id("cleo"), "recalled"), (cast.id("eva"), "recalled"),
                                   (cast.id("dan"), "house_news")])
    mail = doors().mail
    words = [mail.read(name).text for name in mail.names()]
    assert sum("Glas im Wein" in one and "Wir holen ihn ab." in one for one in words) == 3


def test_buyers_are_found_by_an_index(cast: Cast) -> None:
    """orders-25: no table is read as a whole, however many orders there are."""
    placed(cast, (WINE, 1))
    first, postgres = sa.func.min(Order.id), db.engine.dialect.name == "postgresql"
    statement = _bought(first, True).group_by(Order.buyer_key).order_by(first).params(
        product=1, lot=1)
    sql = str(statement.compile(db.engine, compile_kwargs={"literal_binds": True}))
    with db.engine.connect() as connection:
        if postgres:
            connection.execute(sa.text("SET enable_seqscan = off"))
        plan = "\n".join(str(row) for row in connection.execute(
            sa.text(("EXPLAIN " if postgres else "EXPLAIN QUERY PLAN ") + sql)))
    assert "ix_order_lines_product" in plan or postgres
    assert "Seq Scan" not in plan and "SCAN order" not in plan, plan
