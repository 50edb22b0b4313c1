"""Cards of products, bundles, producers and groups with what all rooms know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.bundles.queries import BundleRow
from marketplace.bundles.queries.previews import picture_of, shown_goods
from marketplace.bundles.queries.words import author_of
from marketplace.bundles.rules import counts_shown
from marketplace.catalog import queries as catalog
from marketplace.catalog.queries import PictureView, PriceView, ProductCard
from marketplace.catalog.queries.cards import SellerLine
from marketplace.foundation import clock
from marketplace.groups.queries import GroupCard
from marketplace.people.queries import PersonLine, lines
from marketplace.producers.queries import ProducerCard
from marketplace.recommend.queries import Recommender, Suggestion, why
from marketplace.reviews.queries import VerdictView, rated_cards
from marketplace.web.formats import short_day
from marketplace.web.shapes import BundleCard, Label, Reason, Vote

NONE = VerdictView(0, 0)


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list, as its macro draws it."""

    id: int
    url: str
    title: str
    lang: str
    picture: PictureView | None
    seller: SellerLine
    verdict: VerdictView
    price: PriceView | None
    reason: Reason | None
    labels: Sequence[Label]
    stock: tuple[str, str] | None
    compare: tuple[str, str, bool] | None = None
    keep_url: str = ""


@dataclass(frozen=True, slots=True)
class ProducerCardView:
    """A producer in a list."""

    url: str
    name: str
    place: str
    subject: str
    picture: PictureView | None
    verdict: VerdictView
    promise: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class GroupCardView:
    """A group in a list."""

    url: str
    name: str
    purpose: str
    kind_words: str
    members: int
    last_talk: str
    pick: tuple[str, str] | None = None
    reason: Reason | None = None
    not_reading: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """Goods, verdicts, recommenders and persons that a page names, each loaded once."""

    goods: Mapping[int, ProductCard]
    verdicts: Mapping[int, VerdictView]
    speakers: Mapping[int, Sequence[Recommender]]
    people: Mapping[int, PersonLine]


def product_cards(
    ids: Sequence[int], lang: str, viewer_id: int | None, source: str = "",
    known: Mapping[int, Suggestion] | None = None, around: Around | None = None,
    named: Mapping[int, tuple[str, str]] | None = None,
) -> list[Card]:
    """Products in the given order with verdict and one reason. Loads: 2 to 6 statements.

    `source` is appended to the address so that a purchase remembers what led to it; `known` holds
    suggestions whose reasons are computed already; `around` what the page loaded already;
    `named` slug and name of the viewer's groups by what they named, where that is known.
    """
    goods, said = (around.goods, around.verdicts) if around else rated_cards(ids, lang)
    reasons = {i: s.reason for i, s in (known or {}).items() if s.reason}
    rest = [i for i in ids if i not in reasons]
    reasons.update(why(rest, viewer_id, lang, around.speakers, around.people) if around
                   else why(rest, viewer_id, lang, named=named))
    return [_card(goods[i], said.get(i, NONE), reasons.get(i), source, (known or {}).get(i))
            for i in ids if i in goods]


def _card(goods: ProductCard, said: VerdictView, reason: Reason | None, source: str,
          suggested: Suggestion | None) -> Card:
    labels: list[Label] = []
    if suggested is not None and suggested.again:
        labels.append((_("again?"), "state"))
    if suggested is not None and suggested.fresh:
        labels.append((_("newly discovered"), "new"))
    if goods.age_class:
        labels.append((_("from %(age)s", age=goods.age_class), "state"))
    stock = None if goods.in_stock else ("out", _("sold out"))
    if goods.state == "paused":
        stock = ("later", _("paused"))
    return Card(goods.id, goods.url + (f"?e={source}" if source else ""), goods.title, goods.lang,
                goods.picture, goods.seller, said, goods.price, reason, labels, stock)


def header_picture(card: ProducerCard) -> PictureView | None:
    """The drawn landscape of a producer."""
    if not card.header_url:
        return None
    tint = card.palette[0] if card.palette else "#F1EADF"
    return PictureView(_("%(place)s, drawn", place=card.place), 1600, 600, tint, "drawn",
                       card.header_url, (), ())


def producer_card(card: ProducerCard, said: VerdictView) -> ProducerCardView:
    """A producer in a list."""
    return ProducerCardView(card.url, card.name, f"{card.place}, {card.region}", card.subject,
                            header_picture(card), said)


def kind_words(kind: str) -> str:
    """A kind of group in words."""
    return {"open": _("open group"), "closed": _("closed group"),
            "secret": _("secret group")}[kind]


def group_card(card: GroupCard) -> GroupCardView:
    """A group in a list."""
    return GroupCardView(
        card.url, card.name, card.purpose, kind_words(card.kind), card.member_count,
        _("last talk %(day)s", day=short_day(card.last_act_at)))


def bundle_cards(
    rows: Sequence[BundleRow], lang: str, viewer_id: int | None, around: Around | None = None
) -> list[BundleCard]:
    """Bundles in a list, a collage with its own picture, others with that of their first part.

    Loads: 2 statements, none where the page has loaded what is `around`.
    """
    goods = around.goods if around else catalog.cards(firsts(rows), lang)
    people = around.people if around else lines(
        {row.author_id for row in rows if row.author_id}, viewer_id)
    return [_bundle(row, goods, people, viewer_id) for row in rows]


def firsts(rows: Sequence[BundleRow]) -> set[int]:
    """The goods that the pictures of bundles show."""
    return {one for row in rows for one in shown_goods(row)}


def _bundle(
    row: BundleRow, goods: Mapping[int, ProductCard], people: Mapping[int, Any],
    viewer_id: int | None,
) -> BundleCard:
    price = PriceView(row.price_minor, "EUR", None, "", False) if row.price_minor else None
    return BundleCard(row.url, row.title, row.lang, picture_of(row, goods),
                      author_of(row, people), len(row.items), price,
                      None if row.blind else bundle_vote(row, viewer_id), relation_labels(row))


def relation_labels(row: BundleRow) -> list[Label]:
    """That its author sells what is in it, or has something from an offer of it."""
    if row.relation == "benefit":
        return [(_("its author has something from it"), "benefit")]
    return [(_("by a producer of these goods"), "relation")] if row.relation else []


def bundle_vote(row: BundleRow, viewer_id: int | None) -> Vote:
    """Up and down on a bundle, counts hidden until they pull nobody."""
    since = row.published_at or clock.now()
    hours = (clock.now() - since).total_seconds() / 3600
    shown = counts_shown(row.up, row.down, hours, row.own_vote != 0 or
                         (viewer_id is not None and row.author_id == viewer_id))
    return Vote(f"bundle-{row.id}", url_for("bundles.vote", slug=row.slug),
                row.up if shown else None, row.down if shown else None,
                {1: "up", -1: "down"}.get(row.own_vote, ""),
                "" if shown else _("Counts show after five votes and a day, or after yours."),
                viewer_id is not None and row.author_id != viewer_id)
