"""A basket with today's prices, stock, reductions and shipping, producer by producer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from marketplace.catalog.queries import Buyable, buyable
from marketplace.catalog.queries.buying import unreadable_in
from marketplace.checkout.models import Basket
from marketplace.checkout.queries.baskets import Chain, Loaded
from marketplace.checkout.queries.reductions import CouponRow, coupons_in, offers_for
from marketplace.checkout.rules.basket import in_the_way
from marketplace.checkout.rules.prices import Good, Reduced, reduced_lines
from marketplace.checkout.rules.sums import Item, SellerSum, seller_sum
from marketplace.orders.queries import shipping_rates
from marketplace.orders.queries.tax import rates_missing
from marketplace.orders.rules.shipping import Rate
from marketplace.producers.queries.legal import SellerNow, TaxFacts, lack_words, sellers_now
from marketplace.producers.rules.traders import may_ship
from marketplace.web.formats import country_name
from marketplace.web.market import ships_to_switzerland

NOTHING_OFF = Reduced()
OF_THE_PLACE = ("excise", "unread")
"""Obstacles of a line that lie in the country it would go to."""


@dataclass(frozen=True, slots=True)
class BasketItem:
    """A line of the basket with what it is today; `held` is a reason of the law against it.

    `both`: how many the member and the guest had when signing in joined their baskets.
    """

    id: int
    qty: int
    seen_minor: int
    set_key: str
    set_ref: str | None
    goods: Buyable
    chain: Chain
    unread: bool = False
    substitute_for: int | None = None
    off: Reduced = NOTHING_OFF
    held: str = ""
    both: tuple[int, int] | None = None

    @property
    def single_minor(self) -> int:
        """Quantity times today's single price."""
        return self.qty * self.goods.price_minor

    @property
    def total_minor(self) -> int:
        """What is to be paid for it, without deposit."""
        return self.single_minor - self.off.minor

    @property
    def obstacle(self) -> str:
        """Why it cannot be ordered now: off_sale, unread, sold_out, less, excise; or nothing."""
        goods = self.goods
        return in_the_way(goods.on_sale, goods.made_to_order, goods.available, self.qty,
                          self.unread) or self.held


@dataclass(frozen=True, slots=True)
class BasketPart:
    """One producer's lines with their sums."""

    producer_id: int
    seller: Mapping[str, object]
    items: Sequence[BasketItem]
    sums: SellerSum
    dispatch_days: int
    ways: Sequence[Rate] = ()
    lacks: tuple[str, ...] = ()
    country: str = "DE"
    coupon: CouponRow | None = None
    taxes: TaxFacts | None = None
    satisfaction_days: int | None = None

    @property
    def lack_sentence(self) -> str:
        """Why this producer may not send to the chosen country now, in words; or nothing."""
        return lack_words(self.lacks, str(self.seller["name"]), self.country)

    @property
    def fault_sentence(self) -> str:
        """Why nothing of a producer can be sent where it should go; "" where it can."""
        name, country = self.seller["name"], country_name(self.country)
        return {
            "": "", "goods": "", "law": self.lack_sentence,
            "nowhere": _("%(name)s does not send to %(country)s.", name=name, country=country),
            "age": _("%(name)s has no way of sending to %(country)s where the age is checked at "
                     "the door.", name=name, country=country),
            "size": _("%(name)s has no parcel for so much to %(country)s.", name=name,
                      country=country)}[self.not_sent]

    @property
    def not_sent(self) -> str:
        """Why nothing can be sent there: law, goods, nowhere, age (nobody checks it), size; or "".

        `goods`: each of them says why; `nowhere`: there is no row for the country; `size`: none for
        so much.
        """
        if self.lacks:
            return "law"
        if stays_here(self.items):
            return "goods"
        if self.sums.shipping_minor is not None:
            return ""
        if not self.ways:
            return "nowhere"
        careful = [rate for rate in self.ways
                   if rate.method == "pickup" or rate.handover_age >= self.sums.age_class]
        return "size" if careful else "age"


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


def basket_view(
    loaded: Loaded | None, lang: str, country: str | None = None,
    chosen: Mapping[str, str] | None = None, only: int | None = None,
) -> BasketView:
    """A basket with today's prices, stock and shipping. Loads: at most 5 statements, any size.

    `chosen` maps a producer id (as text) to the way of delivery that was chosen; `only` leaves out
    everybody but one producer.
    """
    if loaded is None:
        return BasketView(None, [])
    where = country or loaded.basket.country
    items = _items(loaded, buyable([line.variant_id for line, _way in loaded.lines], lang), where)
    items = [item for item in items if only is None or item.goods.producer_id == only]
    if not items:
        return BasketView(loaded.basket, [])
    coupons = coupons_in(loaded.basket.id) if loaded.has_coupon else {}
    offs = reduced_lines(
        [_good(item) for item in items], offers_for({item.set_key for item in items}),
        {maker: row.term for maker, row in coupons.items() if not row.fault})
    priced = [replace(item, off=off) for item, off in zip(items, offs, strict=True)]
    return BasketView(loaded.basket, _parts(
        priced, (where, loaded.basket.postcode or ""), chosen or {}, coupons))


def _items(loaded: Loaded, goods: Mapping[int, Buyable], country: str) -> list[BasketItem]:
    unread = unreadable_in({one.product_id for one in goods.values()}, country)
    return [BasketItem(line.id, line.qty, line.seen_minor, line.set_key, line.set_ref,
                       goods[line.variant_id], way,
                       goods[line.variant_id].product_id in unread, line.substitute_for,
                       both=(line.both_own, line.both_guest)
                       if line.both_own and line.both_guest else None)
            for line, way in loaded.lines if line.variant_id in goods]


def _good(item: BasketItem) -> Good:
    return Good(item.goods.producer_id, item.goods.variant_id, item.qty, item.goods.price_minor,
                item.set_key)


def _parts(
    items: Sequence[BasketItem], place: tuple[str, str], chosen: Mapping[str, str],
    coupons: Mapping[int, CouponRow],
) -> list[BasketPart]:
    grouped: dict[int, list[BasketItem]] = {}
    for item in items:
        grouped.setdefault(item.goods.producer_id, []).append(item)
    sellers = sellers_now(grouped, ships_to_switzerland())
    rates = shipping_rates(grouped, *place)
    return [_part(maker, sellers[maker], own, rates.get(maker, ()), place[0],
                  chosen.get(str(maker)), coupons.get(maker)) for maker, own in grouped.items()]


def _part(
    maker: int, seller: SellerNow, items: Sequence[BasketItem], rates: Sequence[Rate],
    country: str, method: str | None, coupon: CouponRow | None,
) -> BasketPart:
    lacks = _lacks(seller, items, country)
    if "excise" in lacks:
        items = [replace(item, held="excise") if item.goods.age_class else item for item in items]
        lacks = tuple(one for one in lacks if one != "excise")
    sums = seller_sum(maker, [_item(item) for item in items],
                      () if lacks or stays_here(items) else rates, method)
    return BasketPart(maker, seller.block, items, sums, seller.days, rates, lacks, country, coupon,
                      seller.taxes, seller.satisfaction_days)


def stays_here(items: Sequence[BasketItem]) -> bool:
    """Whether none of these goods can go to the country."""
    return all(item.obstacle in OF_THE_PLACE for item in items)


def _lacks(seller: SellerNow, items: Sequence[BasketItem], country: str) -> tuple[str, ...]:
    """What a producer lacks before these goods may go to a country.

    A producer that does not sell is said beside its goods.
    """
    alcohol = any(item.goods.age_class for item in items)
    lacks = [one for one in may_ship(seller.shipping, country, alcohol) if one != "state"]
    if seller.tax_late:
        lacks.append("tax")
    if rates_missing(str(seller.block.get("vat_status") or "regular"), seller.shipping.home,
                     country, {item.goods.tax_category for item in items},
                     seller.shipping.numbers):
        lacks.append("rate")
    return tuple(lacks)


def _item(item: BasketItem) -> Item:
    return Item(item.goods.producer_id, item.qty, item.goods.price_minor,
                item.goods.deposit_minor, item.goods.weight_g, item.goods.age_class,
                item.off.minor)
