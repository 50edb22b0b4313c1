"""Parts of the product page that are reckoned out of other rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.bundles.queries import BundleRow
from marketplace.catalog import queries as catalog
from marketplace.catalog.models import Product
from marketplace.catalog.queries import ProductCard, ProductView
from marketplace.dialogue.queries import ThreadRow, answer_due
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.figures import wilson
from marketplace.foundation.kept import kept
from marketplace.groups.queries import names
from marketplace.people.queries import PersonLine, lines
from marketplace.producers.queries import hours_of, promise_of
from marketplace.recommend.queries import Recommender, fitting_product, recommenders
from marketplace.reviews.models import Score
from marketplace.reviews.queries import (
    LotVerdict,
    ReviewRow,
    VerdictView,
    rated_cards,
    stars_shown,
)
from marketplace.reviews.rules.score import MIN_ANSWERS
from marketplace.reviews.rules.verdict import FRACTION_FROM as SHARE_FROM
from marketplace.storefront.queries.cards import Around, firsts
from marketplace.web.formats import money, number, short_day


@dataclass(frozen=True, slots=True)
class Answers:
    """The buyers' answers in numbers."""

    interval: tuple[float, float, float, str]
    delight: Sequence[tuple[str, int, str]]
    delight_total: int
    value_words: str
    drift_words: str
    lots: Sequence[tuple[str, str, bool]]
    stars: tuple[str, Sequence[tuple[str, int]]] | None
    delight_words: str = ""


@dataclass(frozen=True, slots=True)
class RecommendedView:
    """Who recommends it and for what."""

    people: Sequence[tuple[str, str]]
    more: int
    groups: Sequence[tuple[str, str]]
    occasions: str
    mine: bool
    url: str


@dataclass(frozen=True, slots=True)
class HoursView:
    """Ask the producer, and when an answer comes."""

    ask_url: str
    promise: str
    hours: str
    expected: str


def answers_of(
    goods: ProductView, said: VerdictView, lots: Sequence[LotVerdict] = (), chosen: int = 0
) -> Answers | None:
    """The answers block; None before the first answer. `chosen` is the lot that is looked at."""
    if not said.n:
        return None
    share = said.k / said.n
    words = _("%(k)s of %(n)s would buy it again; with 95%% certainty between %(low)s and "
              "%(high)s%%", k=said.k, n=said.n, low=round(100 * said.low),
              high=round(100 * said.high))
    down, okay, high = said.delight
    value = _share(_("%(k)s of %(n)s found it worth its price"), said.value_yes, said.value_n)
    total, mean = sum(said.stars), stars_shown(said)
    stars = None
    if mean is not None:
        stars = (_("%(mean)s of 5 stars from %(n)s", mean=number(round(mean, 1)), n=total),
                 [(str(i), said.stars[i - 1]) for i in range(5, 0, -1)])
    return Answers(
        (said.low, said.high, share, words),
        [(_("delighted"), high, "good"), (_("fine"), okay, "middle"),
         (_("disappointed"), down, "bad")], down + okay + high, value,
        drift_words(lots), _lot_links(goods, lots, chosen), stars,
        _share(_("%(k)s of %(n)s were delighted"), high, down + okay + high))


def _share(words: str, k: int, n: int) -> str:
    """A share with its own count, from five answers on; from ten on with its interval."""
    if n < SHARE_FROM:
        return ""
    said = words % {"k": k, "n": n}
    if n < MIN_ANSWERS:
        return said
    ends = wilson(k, n)
    return _("%(said)s; with 95%% certainty between %(low)s and %(high)s%%", said=said,
             low=round(100 * ends.low), high=round(100 * ends.high))


def drift_words(lots: Sequence[LotVerdict]) -> str:
    """That the newest lot is provably liked less, or more, with both counts."""
    newest = lots[0] if lots else None
    if newest is None or newest.drift is None or newest.before is None:
        return ""
    facts = {"new": newest.label, "old": newest.before.label, "k": newest.said.k,
             "n": newest.said.n, "old_k": newest.before.said.k, "old_n": newest.before.said.n}
    if newest.drift.direction == "worse":
        return _("Fewer like %(new)s (%(k)s of %(n)s) than %(old)s before (%(old_k)s of "
                 "%(old_n)s).", **facts)
    return _("More like %(new)s (%(k)s of %(n)s) than %(old)s before (%(old_k)s of %(old_n)s).",
             **facts)


def _lot_links(goods: ProductView, lots: Sequence[LotVerdict], chosen: int
               ) -> list[tuple[str, str, bool]]:
    """One link a lot, where there is more than one."""
    if len(lots) < 2:
        return []
    url = url_for("storefront.product", slug=goods.slug, _anchor="verdict")
    rows = [(_("All lots"), url, not chosen)]
    return rows + [
        (f"{one.label}: {lot_words(one)}", url_for(
            "storefront.product", slug=goods.slug, lot=one.lot_id, _anchor="verdict"),
         one.lot_id == chosen) for one in lots]


def lot_words(lot: LotVerdict) -> str:
    """What buyers say of a lot; until ten answers also that it leans on the one before."""
    said = _("%(k)s of %(n)s", k=lot.said.k, n=lot.said.n)
    return _("%(said)s, estimated from the lot before", said=said) if lot.estimated else said


def named_speakers(rows: Sequence[Recommender]) -> set[int]:
    """Whose names `recommended_view` may say."""
    return {r.author_id for r in ([r for r in rows if r.trusted or r.followed or r.in_my_group]
                                  or rows)[:8]}


def recommended_view(
    rows: Sequence[Recommender], lang: str, people: Mapping[int, PersonLine], url: str
) -> RecommendedView | None:
    """People I follow or trust and my groups first; else public recommenders.

    Loads: 1 statement where a group of mine recommends it.
    """
    if not rows:
        return None
    mine = [r for r in rows if r.trusted or r.followed or r.in_my_group]
    shown = mine or rows
    authors = list(dict.fromkeys(r.author_id for r in shown if r.author_id in people))
    known = names({r.group_id for r in shown if r.group_id and r.in_my_group})
    occasions = catalog.occasions()
    named = list(dict.fromkeys(occasions[r.occasion_id].name(lang) for r in shown
                               if r.occasion_id in occasions))
    return RecommendedView(
        [(people[i].name, people[i].url) for i in authors[:2]], max(0, len(authors) - 2),
        [(name, f"/groups/{slug}") for slug, name in known.values()][:1],
        ", ".join(named[:3]), bool(mine), url + "/recommendations")


def similar_ids(goods: ProductView | ProductCard, limit: int = 3) -> list[int]:
    """Best liked neighbours on the same shelf. Loads: 1 statement a minute and shelf."""
    best = kept(("best of shelf", goods.category_id, limit), lambda: db.session.scalars(
        select(Product.id).join(Score, Score.product_id == Product.id)
        .where(Product.category_id == goods.category_id, Product.state == "published",
               Product.in_stock, Score.lot_id.is_(None))
        .order_by(Score.q10.desc(), Product.id).limit(limit + 1)).all())
    return [i for i in best if i != goods.id][:limit]


def around_product(
    goods: ProductView, similar: Sequence[int], bundles: Sequence[BundleRow],
    voices: Sequence[ReviewRow], threads: Sequence[ThreadRow], lang: str, me: int | None,
) -> Around:
    """All goods, recommenders and persons that a product's page names. Loads: 3 statements."""
    shelf = catalog.shelves()[goods.category_id]
    speakers = recommenders("product", [goods.id, *similar], me, shelf.subject_id)
    named = {row.person_id for row in voices} | {row.author_id for row in bundles}
    named |= {row.author_id for row in threads} | named_speakers(speakers.get(goods.id, []))
    named |= {row.author_id for i in similar for row in speakers.get(i, [])[:2]}
    return Around(*rated_cards({*similar, *firsts(bundles)}, lang), speakers,
                  lines({i for i in named if i}, me))


def price_points(goods: ProductView) -> list[tuple[str, float, str]]:
    """Prices of the first variant over time as (day, value, words).

    Loads: 1 statement when a price has changed, and once a minute.
    """
    now = tuple(variant.price_minor for variant in goods.variants)
    history = kept(("prices", goods.id, now), lambda: catalog.price_history(goods.id))
    rows: Any = next(iter(history.values()), [])
    if len(rows) < 2:
        return []
    return [(short_day(row.from_at), row.price_minor / 100, money(row.price_minor))
            for row in rows]


def hours_view(producer_id: int, about: str) -> HoursView:
    """When the producer listens, and by when an answer comes. Loads: 6 statements a minute."""
    hours, promise, answered = kept(("hours", producer_id), lambda: (
        hours_of(producer_id)[0], promise_of(producer_id, "answer_hours", 24),
        answer_due(producer_id, clock.now())))
    return HoursView(
        url_for("dialogue.new", about=about), _("answers within %(n)s hours", n=promise),
        hours_words(hours),
        _("Answer expected by %(day)s", day=short_day(answered)))


def hours_words(hours: Sequence[tuple[int, int, int]]) -> str:
    """Opening windows in few words: equal neighbouring days together."""
    days = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    to = _("to")
    spans: list[tuple[int, int, str]] = []
    for weekday, opens, closes in hours:
        words = f"{opens // 60}–{closes // 60}"
        if spans and spans[-1][1] == weekday - 1 and spans[-1][2] == words:
            spans[-1] = (spans[-1][0], weekday, words)
        else:
            spans.append((weekday, weekday, words))
    return ", ".join(
        f"{days[a]} {w}" if a == b else f"{days[a]} {to} {days[b]} {w}" for a, b, w in spans)


@dataclass(frozen=True, slots=True)
class GoesWith:
    """What goes with a product, by members: goods as (title, url, picture, words), occasions as
    (words, url).
    """

    goods: Sequence[tuple[str, str, Any, str]]
    occasions: Sequence[tuple[str, str]]


def goes_with(product_id: int, lang: str) -> GoesWith:
    """What members say goes with a product. Loads: at most 6 statements a minute."""
    fits, pairs = fitting_product(product_id)
    ids = tuple(one.product_id for one in fits)
    goods = kept(("fitting cards", ids, lang), lambda: catalog.cards(ids, lang)) if ids else {}
    known = catalog.occasions()
    return GoesWith(
        [(goods[one.product_id].title, goods[one.product_id].url, goods[one.product_id].picture,
          one.words()) for one in fits if one.product_id in goods],
        [(_("%(name)s: %(up)s for, %(down)s against", name=known[row.occasion_id].name(lang),
            up=row.up, down=row.down), url_for("storefront.products",
                                          occasion=known[row.occasion_id].slug))
         for row in pairs if row.occasion_id in known])
