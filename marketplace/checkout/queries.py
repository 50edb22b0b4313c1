"""Reads of `checkout`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalog.queries import Buyable, buyable
from marketplace.catalog.queries.buying import unreadable_in
from marketplace.checkout.models import Basket, BasketLine, Checkout, LineSource
from marketplace.checkout.rules.basket import in_the_way
from marketplace.checkout.rules.sums import Item, SellerSum, seller_sum
from marketplace.foundation.database import db
from marketplace.orders.queries import shipping_rates
from marketplace.orders.queries.tax import rates_missing
from marketplace.orders.rules.shipping import Rate
from marketplace.producers.queries import promises_of, seller_block
from marketplace.producers.queries.legal import lack_words, shipping_papers
from marketplace.producers.rules.traders import Shipping, may_ship
from marketplace.web.market import ships_to_switzerland


@dataclass(frozen=True, slots=True)
class BasketItem:
    """A line of the basket with what it is today."""

    id: int
    qty: int
    seen_minor: int
    set_key: str
    set_ref: str | None
    goods: Buyable
    chain: tuple[tuple[str, str | None], ...]
    unread: bool = False

    @property
    def total_minor(self) -> int:
        """Quantity times today's price."""
        return self.qty * self.goods.price_minor

    @property
    def obstacle(self) -> str:
        """Why it cannot be ordered now: off_sale, unread, sold_out, less; or nothing."""
        goods = self.goods
        return in_the_way(goods.on_sale, goods.made_to_order, goods.available, self.qty,
                          self.unread)


@dataclass(frozen=True, slots=True)
class BasketPart:
    """One producer's lines with their sums."""

    producer_id: int
    seller: Mapping[str, object]
    items: Sequence[BasketItem]
    sums: SellerSum
    dispatch_days: int
    methods: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    country: str = "DE"

    @property
    def lack_sentence(self) -> str:
        """Why this producer may not send to the chosen country now, in words; or nothing."""
        return lack_words(self.lacks, str(self.seller["name"]), self.country)


@dataclass(frozen=True, slots=True)
class BasketView:
    """A whole basket."""

    basket: Basket | None
    parts: Sequence[BasketPart]

    @property
    def items(self) -> list[BasketItem]:
        """All lines."""
        return [item for part in self.parts for item in part.items]

    @property
    def total_minor(self) -> int:
        """The whole sum."""
        return sum(part.sums.total_minor for part in self.parts)

    @property
    def goods_minor(self) -> int:
        """The sum of the goods."""
        return sum(part.sums.goods_minor for part in self.parts)

    @property
    def shipping_minor(self) -> int:
        """The sum of all shipping."""
        return sum(part.sums.shipping_minor or 0 for part in self.parts)

    @property
    def can_be_ordered(self) -> bool:
        """Whether nothing stands in the way."""
        return bool(self.parts) and not any(item.obstacle for item in self.items) and all(
            part.sums.shipping_minor is not None and not part.lacks for part in self.parts)


def basket_row(person_id: int | None, key: str | None) -> Basket | None:
    """The member's basket, or the guest's by its key. Loads: at most 1 statement."""
    if person_id is not None:
        return db.session.scalar(select(Basket).where(Basket.person_id == person_id)
                                 .execution_options(populate_existing=True))
    if key:
        return db.session.scalar(
            select(Basket).where(Basket.key == key, Basket.person_id.is_(None))
            .execution_options(populate_existing=True))
    return None


def chains(line_ids: Sequence[int]) -> Mapping[int, tuple[tuple[str, str | None], ...]]:
    """Sources of lines, oldest first, by line. Loads: 1 statement."""
    found: dict[int, list[tuple[str, str | None]]] = {}
    for row in db.session.execute(
        select(LineSource.line_id, LineSource.kind, LineSource.ref)
        .where(LineSource.line_id.in_(list(line_ids)))
        .order_by(LineSource.line_id, LineSource.position)
    ):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return {line: tuple(steps) for line, steps in found.items()}


def basket_view(
    basket: Basket | None, lang: str, country: str | None = None,
    chosen: Mapping[str, str] | None = None,
) -> BasketView:
    """A basket with today's prices, stock and shipping. Loads: 8 statements for any size.

    `chosen` maps a producer id (as text) to the way of delivery that was chosen.
    """
    if basket is None:
        return BasketView(None, [])
    lines = db.session.scalars(
        select(BasketLine).where(BasketLine.basket_id == basket.id)
        .order_by(BasketLine.position, BasketLine.id)
        .execution_options(populate_existing=True)).all()
    goods = buyable([line.variant_id for line in lines], lang)
    sources, where = chains([line.id for line in lines]), country or basket.country
    unread = unreadable_in({one.product_id for one in goods.values()}, where)
    items = [BasketItem(line.id, line.qty, line.seen_minor, line.set_key, line.set_ref,
                        goods[line.variant_id], sources.get(line.id, ()),
                        goods[line.variant_id].product_id in unread)
             for line in lines if line.variant_id in goods]
    return BasketView(basket, _parts(items, where, chosen or {}))


def _parts(
    items: Sequence[BasketItem], country: str, chosen: Mapping[str, str]
) -> list[BasketPart]:
    grouped: dict[int, list[BasketItem]] = {}
    for item in items:
        grouped.setdefault(item.goods.producer_id, []).append(item)
    if not grouped:
        return []
    sellers, promises = seller_block(grouped), promises_of(grouped)
    rates, papers = shipping_rates(grouped, country), shipping_papers(
        grouped, ships_to_switzerland())
    return [
        BasketPart(producer_id, sellers[producer_id], own,
                   seller_sum(producer_id, [_item(item) for item in own],
                              _asked(rates.get(producer_id, ()), chosen.get(str(producer_id)))),
                   promises[producer_id].get("dispatch_days", 3),
                   tuple(dict.fromkeys(r.method for r in rates.get(producer_id, ()))),
                   _lacks(papers[producer_id], own, country,
                          str(sellers[producer_id].get("vat_status") or "regular")), country)
        for producer_id, own in grouped.items()
    ]


def _lacks(papers: tuple[Shipping, bool], items: Sequence[BasketItem], country: str,
           vat_status: str) -> tuple[str, ...]:
    """What a producer lacks before these goods may go to a country.

    A producer that does not sell is said beside its goods.
    """
    seller, tax_late = papers
    alcohol = any(item.goods.age_class for item in items)
    lacks = [one for one in may_ship(seller, country, alcohol) if one != "state"]
    if tax_late:
        lacks.append("tax")
    if rates_missing(vat_status, seller.home, country,
                     {item.goods.tax_category for item in items}, seller.numbers):
        lacks.append("rate")
    return tuple(lacks)


def _asked(rates: Sequence[Rate], method: str | None) -> Sequence[Rate]:
    """The rates of the chosen way, or all where it is not offered."""
    return [rate for rate in rates if rate.method == method] or rates


def _item(item: BasketItem) -> Item:
    return Item(item.goods.producer_id, item.qty, item.goods.price_minor,
                item.goods.deposit_minor, item.goods.weight_g, item.goods.age_class)


def draft_of(basket_id: int) -> Checkout | None:
    """The draft order of a basket. Loads: 1 statement."""
    return db.session.scalar(select(Checkout).where(Checkout.basket_id == basket_id)
                             .execution_options(populate_existing=True))
