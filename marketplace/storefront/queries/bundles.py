"""Parts of a bundle's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.bundles.queries import BundleRow, ItemRow
from marketplace.bundles.queries.asking import PollView
from marketplace.catalog.queries import ProductCard
from marketplace.catalog.queries.cards import PriceView
from marketplace.checkout.queries.rights import withdrawal_words
from marketplace.checkout.rules.prices import Good, SetOffer, offer_parts, sets_in
from marketplace.checkout.rules.sums import Item, seller_sum
from marketplace.foundation import clock
from marketplace.foundation.kept import kept
from marketplace.orders.queries.received import shipping_rates
from marketplace.storefront.queries.cards import NONE
from marketplace.web.formats import country_name, day, money
from marketplace.web.shapes import Composer, Share, Vote


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One product of a bundle on its page."""

    title: str
    url: str
    lang: str
    picture: Any
    seller: Any
    qty: int
    note: str
    price: Any
    stock: tuple[str, str] | None
    verdict: Any


@dataclass(frozen=True, slots=True)
class Total:
    """What a bundle comes to today."""

    price: PriceView
    on: str
    singly_words: str
    shipping: Sequence[tuple[str, str]]
    part_words: str
    split: Sequence[tuple[str, str]] = ()
    country: str = ""
    rights: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ReasonForm:
    """Saying why one voted: reasons from the closed list, those given before ticked."""

    url: str
    vote: str
    choices: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class BundlePage:
    """One bundle."""

    title: str
    text: str
    lang: str
    labels: Sequence[Any]
    occasion: str
    author: Any
    when: str
    picture: Any
    alt: str
    state: Any
    rows: Sequence[BundlePart]
    total: Total | None
    basket_url: str
    basket_words: str
    source: str
    vote: Vote | None
    reasons: Sequence[tuple[str, int]]
    comments: Sequence[Any]
    composer: Composer
    edit_url: str
    share: Share
    report_url: str
    help_url: str
    price_words: str
    price: PriceView
    season: str = ""
    credits: Sequence[str] = ()
    photos: Sequence[Any] = ()
    away: Sequence[str] = ()
    file_url: str = ""
    oembed_url: str = ""
    missing: Sequence[Any] = ()
    chain: Sequence[Any] = ()
    unlike: Sequence[str] = ()
    changes: Sequence[tuple[str, str]] = ()
    reason_form: ReasonForm | None = None
    remix_url: str = ""
    licence: str = ""
    licence_url: str = ""
    variants: Sequence[Any] = ()
    offer: str = ""
    polls: Sequence[PollView] = ()
    ask_url: str = ""
    challenge: tuple[str, str, str] | None = None
    save_url: str = ""
    recommend_url: str = ""
    saved: bool = False
    print_url: str = ""
    feed_url: str = ""
    json_ld: str = ""


def bundle_rows(row: BundleRow, goods: Mapping[int, ProductCard], said: Mapping[int, Any]
                ) -> list[BundlePart]:
    """The parts of a bundle with price, stock word and verdict."""
    parts = []
    for item in row.items:
        card = goods.get(item.product_id)
        if card is None:
            continue
        parts.append(BundlePart(
            card.title, card.url, card.lang, card.picture, card.seller, item.qty, item.note,
            card.price, None if item.available else ("out", _("sold out")),
            said.get(item.product_id, NONE)))
    return parts


def bundle_total(row: BundleRow, goods: Mapping[int, ProductCard], offers: Sequence[SetOffer],
                 country: str) -> Total | None:
    """The sum of today's prices, or the agreed price of the set and how it is split; what sending
    costs with each seller, and their rights of withdrawal. Loads: 1 statement a minute.
    """
    if not row.price_minor:
        return None
    sellers = _by_seller(row, goods)
    words = _("%(n)s producers: each contracts and ships for its own part.",
              n=len(sellers)) if len(sellers) > 1 else ""
    price, split = row.price_minor, _split(row, goods, offers)
    if split:
        price = sum(part for _title, part in split)
        words += " " + _("On withdrawal from one part its price in the set is refunded, and the "
                         "others keep theirs.")
    return Total(
        PriceView(price, "EUR", None, "", False), day(clock.now()),
        _("one by one %(sum)s", sum=money(row.price_minor)) if split else "",
        _shipping(sellers, goods, country), words.strip(),
        [(title, money(part)) for title, part in split], country_name(country),
        [(goods[items[0].product_id].seller.name, withdrawal_words(
            [(goods[item.product_id].title, item.withdrawal) for item in items]))
         for items in sellers.values()])


def _by_seller(row: BundleRow, goods: Mapping[int, ProductCard]) -> dict[int, list[ItemRow]]:
    """The parts that can be had, by producer."""
    found: dict[int, list[ItemRow]] = {}
    for item in row.items:
        if item.product_id in goods and item.price_minor is not None:
            found.setdefault(goods[item.product_id].producer_id, []).append(item)
    return found


def _shipping(sellers: Mapping[int, Sequence[ItemRow]], goods: Mapping[int, ProductCard],
              country: str) -> list[tuple[str, str]]:
    """What sending the parts of each seller costs, in words."""
    makers = tuple(sorted(sellers))
    rates = kept(("bundle shipping", makers, country), lambda: shipping_rates(makers, country))
    found = []
    for maker, items in sellers.items():
        sums = seller_sum(maker, [Item(
            maker, item.qty, item.price_minor or 0, item.deposit_minor, item.weight_g,
            item.age_class) for item in items], rates.get(maker, ()))
        words = _("not sent there") if sums.shipping_minor is None else _("free") \
            if not sums.shipping_minor else money(sums.shipping_minor)
        found.append((goods[items[0].product_id].seller.name, words))
    return found


def _split(row: BundleRow, goods: Mapping[int, ProductCard], offers: Sequence[SetOffer]
           ) -> list[tuple[str, int]]:
    """What each part costs within the first offer that makes the set cheaper; [] without one.

    The parts sum to the price of the set to the cent.
    """
    lines = [Good(goods[item.product_id].producer_id, item.variant_id, item.qty,
                  item.price_minor, f"bundle-{row.id}") for item in row.items
             if item.variant_id is not None and item.price_minor is not None
             and item.product_id in goods]
    if len(lines) < len(row.items):
        return []
    for offer in offers:
        off = offer_parts(offer, lines) if sets_in(offer, lines) else []
        if any(off):
            return [(goods[item.product_id].title, line.single_minor - less)
                    for item, line, less in zip(row.items, lines, off, strict=True)]
    return []
