"""What follows when a producer pauses, ends or calls goods back: goods, what is due, its people."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.actions import stop, withdraw
from marketplace.catalog.models import Lot, Product
from marketplace.dialogue.actions import count_again
from marketplace.dialogue.events import NewsTold
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.orders.models import OrderLine, SellerOrder
from marketplace.orders.queries.received import has_open_parts
from marketplace.producers.actions import release_staff
from marketplace.producers.events import ProducerEnded, ProducerPaused
from marketplace.producers.models import Producer


def goods_off_sale(event: ProducerEnded) -> None:
    """Goods of an ended producer are sold no more; their pages with ratings stay."""
    for product_id in db.session.scalars(
            select(Product.id).where(Product.producer_id == event.producer_id,
                                     Product.state.in_(("published", "paused")))
            .order_by(Product.id)).all():
        withdraw(product_id, _("The house has ended."))


def people_leave(event: ProducerEnded) -> None:
    """Nobody acts for an ended producer any more, once its open orders are finished."""
    _release(event.producer_id)


def order_finished(event: Any) -> None:
    """The last open order of an ended producer lets its people go."""
    part_id = getattr(event, "seller_order_id", None) or db.session.scalar(
        select(OrderLine.seller_order_id).where(OrderLine.id == event.order_line_id))
    producer_id = db.session.scalar(
        select(Producer.id).join(SellerOrder, SellerOrder.producer_id == Producer.id)
        .where(SellerOrder.id == part_id, Producer.state == "ended"))
    if producer_id is not None:
        _release(producer_id)


def _release(producer_id: int) -> None:
    if not has_open_parts(producer_id):
        release_staff(producer_id)


def due_moves(event: ProducerPaused) -> None:
    """Paused days count in no promise: what waits is due later, or earlier again."""
    count_again(event.producer_id)


def stop_recalled(event: NewsTold) -> None:
    """From a recall on nobody can buy the goods, or the lot it names; its title says why."""
    if event.matter != "recall" or event.product_id is None:
        return
    stopped = (select(Product.id).where(Product.id == event.product_id,
                                        Product.state == "stopped") if event.lot_id is None else
               select(Lot.id).where(Lot.id == event.lot_id, Lot.stopped_at.is_not(None)))
    if db.session.scalar(stopped) is None:
        thread = db.session.get_one(Thread, event.thread_id)
        stop(event.product_id, thread.title, event.lot_id, thread.author_id)
