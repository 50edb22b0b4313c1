"""Basket and order as programs read them: plain values, amounts in minor units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.checkout.queries.view import BasketItem, BasketPart, BasketView
from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder

ADDRESS = ("name", "street", "extra", "postcode", "city", "country")


def told_basket(view: BasketView) -> dict[str, Any]:
    """A basket with today's prices, and what an order of it has to send back."""
    return {
        "basket_version": view.basket.version if view.basket else 0, "currency": "EUR",
        "goods_minor": view.goods_minor, "shipping_minor": view.shipping_minor,
        "shown_minor": view.total_minor, "orderable": view.can_be_ordered,
        "parts": [_part(part) for part in view.parts]}


def _part(part: BasketPart) -> dict[str, Any]:
    return {
        "producer": part.producer_id, "seller": str(part.seller["name"]),
        "trader": bool(part.seller.get("trader", True)), "country": part.country,
        "fault": part.fault_sentence, "minimum_age": part.sums.age_class,
        "delivery": part.sums.method, "goods_minor": part.sums.goods_minor,
        "deposit_minor": part.sums.deposit_minor, "shipping_minor": part.sums.shipping_minor,
        "total_minor": part.sums.total_minor,
        "ways": [{"delivery": way, "minor": minor} for way, minor in part.sums.ways],
        "lines": [_line(item) for item in part.items]}


def _line(item: BasketItem) -> dict[str, Any]:
    goods = item.goods
    return {
        "line": item.id, "variant": goods.variant_id, "title": goods.title, "label": goods.label,
        "product": f"/products/{goods.slug}", "qty": item.qty, "unit_minor": goods.price_minor,
        "deposit_minor": goods.deposit_minor * item.qty, "total_minor": item.total_minor,
        "withdrawable": goods.withdrawal == "yes", "obstacle": item.obstacle}


def sent_before(person_id: int, beginning: str) -> Order | None:
    """The person's order whose attempt begins so. Loads: 1 statement."""
    return db.session.scalar(select(Order).where(
        Order.buyer_id == person_id, Order.attempt_key.startswith(beginning, autoescape=True)))


def told_order(person_id: int, number: str) -> dict[str, Any] | None:
    """The person's own order: each contract with lines, state, and where its money goes.

    Loads: 3 statements.
    """
    order = db.session.scalar(select(Order).where(Order.number == number.upper(),
                                                  Order.buyer_id == person_id))
    if order is None:
        return None
    parts = db.session.scalars(select(SellerOrder).where(SellerOrder.order_id == order.id)
                               .order_by(SellerOrder.position)).all()
    lines: dict[int, list[OrderLine]] = {part.id: [] for part in parts}
    for row in db.session.scalars(
            select(OrderLine).where(OrderLine.seller_order_id.in_(lines))
            .order_by(OrderLine.seller_order_id, OrderLine.position)):
        lines[row.seller_order_id].append(row)
    return {
        "number": order.number, "placed_at": order.placed_at.isoformat(), "page":
        f"/orders/{order.number}", "currency": order.currency, "method": order.method,
        "mode": order.mode, "goods_minor": order.goods_minor, "deposit_minor": order.deposit_minor,
        "shipping_minor": order.shipping_minor, "total_minor": order.total_minor,
        "ship_to": {name: order.ship_to.get(name) or "" for name in ADDRESS},
        "parts": [_contract(part, lines[part.id], order.method) for part in parts]}


def _contract(part: SellerOrder, lines: Sequence[OrderLine], method: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "number": part.number, "seller": str(part.seller["name"]), "state": part.state,
        "delivery": part.delivery_method, "goods_minor": part.goods_minor,
        "deposit_minor": part.deposit_minor, "shipping_minor": part.shipping_minor,
        "total_minor": part.total_minor, "paid_minor": part.paid_minor,
        "refunded_minor": part.refunded_minor,
        "lines": [{"variant": row.variant_id, "title": row.title, "qty": row.qty,
                   "unit_minor": row.unit_minor, "total_minor": row.total_minor,
                   "withdrawable": row.withdrawable} for row in lines]}
    if method == "bank_transfer" and part.bank:
        said["transfer"] = {"holder": part.bank["holder"], "iban": part.bank["iban"],
                            "reference": part.reference, "minor": part.total_minor}
    return said


def numbers_of(person_id: int, before: int | None, limit: int) -> list[tuple[int, str]]:
    """The person's orders, newest first, as (id, number), from below `before`.

    Loads: 1 statement.
    """
    asked = select(Order.id, Order.number).where(Order.buyer_id == person_id)
    if before is not None:
        asked = asked.where(Order.id < before)
    return [(row[0], row[1]) for row in db.session.execute(
        asked.order_by(Order.id.desc()).limit(limit))]
