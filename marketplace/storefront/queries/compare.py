"""Two to four products side by side, out of several rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from marketplace.catalog.models import Particular, Product, ProductOccasion, Variant
from marketplace.catalog.queries import ProductCard, facts_for, occasions, shelves
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.catalog.rules.templates import fields_of
from marketplace.foundation.database import read
from marketplace.reviews.models import Rating, RatingOccasion, Score
from marketplace.reviews.queries import VerdictView, difference_words, rated_cards
from marketplace.reviews.rules.score import MIN_ANSWERS
from marketplace.reviews.rules.verdict import FRACTION_FROM
from marketplace.web.formats import money, month, percent

Cells = Sequence[str | None]
Rows = Sequence[tuple[str, Cells, bool]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the products: its card, its verdict, and what else is compared."""

    card: ProductCard
    said: VerdictView
    row: Any
    facts: Mapping[str, str]
    occasions: Sequence[str]


def sides(slugs: Sequence[str], lang: str) -> Sequence[Side]:
    """Products in the order of their addresses; unknown ones are left out.

    Loads: 5 statements for any number.
    """
    rows = {row.slug: row for row in read(
        select(Product.id, Product.slug, Product.category_id, Product.place_of_making,
               Product.withdrawal, Product.not_for_de, Product.not_for_en, Score.value_yes,
               Score.value_n, func.min(Variant.lead_days).label("lead_days"))
        .outerjoin(Score, and_(Score.product_id == Product.id, Score.lot_id.is_(None)))
        .outerjoin(Variant, and_(Variant.product_id == Product.id, Variant.made_to_order))
        .where(Product.slug.in_(list(slugs)), Product.state.in_(PUBLIC))
        .group_by(Product.id, Score.value_yes, Score.value_n))}
    ids = [row.id for row in rows.values()]
    if not ids:
        return []
    cards, said = rated_cards(ids, lang)
    facts, used = _facts(ids), _occasions(ids, lang)
    return [Side(cards[rows[slug].id], said.get(rows[slug].id, VerdictView(0, 0)), rows[slug],
                 {fact.key: fact.value for fact in facts_for(
                     rows[slug].category_id, facts.get(rows[slug].id, []), lang)},
                 used.get(rows[slug].id, ()))
            for slug in slugs if slug in rows and rows[slug].id in cards]


def _facts(ids: Sequence[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in read(select(Particular).where(Particular.product_id.in_(ids))
                    .order_by(Particular.id)):
        found.setdefault(row.product_id, []).append(row)
    return found


def _occasions(ids: Sequence[int], lang: str) -> Mapping[int, Sequence[str]]:
    """What buyers used each for, most often first with its count, then what the producer says."""
    counts: dict[int, dict[int, int]] = {}
    for product_id, occasion_id, n in read(
            select(Rating.product_id, RatingOccasion.occasion_id, func.count())
            .join(RatingOccasion, RatingOccasion.rating_id == Rating.id)
            .where(Rating.product_id.in_(ids), Rating.standing == "counts")
            .group_by(Rating.product_id, RatingOccasion.occasion_id)
            .order_by(func.count().desc(), RatingOccasion.occasion_id)):
        counts.setdefault(product_id, {})[occasion_id] = n
    for product_id, occasion_id in read(
            select(ProductOccasion.product_id, ProductOccasion.occasion_id)
            .where(ProductOccasion.product_id.in_(ids)).order_by(ProductOccasion.occasion_id)):
        counts.setdefault(product_id, {}).setdefault(occasion_id, 0)
    known = occasions()
    return {product_id: [f"{known[i].name(lang)} · {n}" if n else known[i].name(lang)
                         for i, n in list(found.items())[:5] if i in known]
            for product_id, found in counts.items()}


def pair_words(found: Sequence[Side]) -> list[tuple[str, str, str]]:
    """What the answers prove of each pair: (second, first, sentence)."""
    return [(two.card.title, one.card.title, _pair(one.said, two.said))
            for one, two in combinations(found, 2)]


def _pair(one: VerdictView, two: VerdictView) -> str:
    if min(one.n, two.n) < MIN_ANSWERS:
        return _("too few answers to tell (%(least)s each are needed)", least=MIN_ANSWERS)
    return difference_words(one, two)


def table(found: Sequence[Side], lang: str) -> Sequence[tuple[str, Rows]]:
    """Sections of rows: (label, a cell each or None for what is not stated, whether they differ).
    """
    rows: list[tuple[str, Sequence[tuple[str, Cells]]]] = [
        (_("What buyers say"), [
            (_("Would buy it again"), [_verdict(one.said) for one in found]),
            (_("With 95% certainty between"), [_interval(one.said) for one in found]),
            (_("Answers from"), [_period(one.said) for one in found]),
            (_("Worth its price"), [_value(one.row) for one in found]),
            (_("Used for"), [", ".join(one.occasions) or None for one in found])]),
        (_("Price"), [
            (_("Price"), [_price(one.card) for one in found]),
            (_("Unit price"), [_unit(one.card) for one in found]),
            (_("To be had"), [_stock(one.card) for one in found])]),
        (_("Particulars"), _particulars(found, lang)),
        (_("Says the producer"), [
            (_("Made in"), [one.row.place_of_making or None for one in found]),
            (_("Not for"), [_not_for(one.row, lang) for one in found]),
            (_("Seller"), [f"{one.card.seller.name}, {one.card.seller.place}" for one in found]),
            (_("Withdrawal"), [_withdrawal(one.row.withdrawal) for one in found])])]
    return [(head, [(label, cells, len(set(cells)) > 1) for label, cells in part])
            for head, part in rows if part]


def _verdict(said: VerdictView) -> str:
    if not said.n:
        return _("no answers yet")
    return _("%(k)s of %(n)s", k=said.k, n=said.n)


def _interval(said: VerdictView) -> str | None:
    if said.n < MIN_ANSWERS:
        return None
    return _("%(low)s to %(high)s", low=percent(said.low), high=percent(said.high))


def _period(said: VerdictView) -> str | None:
    if not (said.since and said.until):
        return None
    return _("%(since)s to %(until)s", since=month(said.since), until=month(said.until))


def _value(row: Any) -> str | None:
    if (row.value_n or 0) < FRACTION_FROM:
        return None
    return _("%(k)s of %(n)s", k=row.value_yes, n=row.value_n)


def _price(card: ProductCard) -> str | None:
    if card.price is None:
        return None
    words = money(card.price.minor)
    return _("from %(price)s", price=words) if card.price.from_ else words


def _unit(card: ProductCard) -> str | None:
    if card.price is None or card.price.unit_minor is None:
        return None
    return f"{money(card.price.unit_minor)}/{card.price.unit}"


def _stock(card: ProductCard) -> str:
    if card.state != "published":
        return _("no longer offered") if card.state != "paused" else _("paused")
    return _("in stock") if card.in_stock else _("sold out")


def _not_for(row: Any, lang: str) -> str | None:
    own, other = (row.not_for_de, row.not_for_en) if lang == "de" else (row.not_for_en,
                                                                        row.not_for_de)
    return own or other or None


def _withdrawal(kind: str) -> str:
    return {"yes": _("14 days"), "made_to_measure": _("none, made to measure"),
            "perishable": _("none, perishable"),
            "sealed_hygiene": _("none once the seal is broken"),
            "en_primeur": _("none, bought before it is ready")}[kind]


def _particulars(found: Sequence[Side], lang: str) -> list[tuple[str, Cells]]:
    """The fields of one template, or those that all templates know; where anybody says something.
    """
    templates = [shelves()[one.row.category_id].template for one in found
                 if one.row.category_id in shelves()]
    fields = [fields_of(name) for name in dict.fromkeys(templates)]
    shared = set.intersection(*({field.key for field in part} for part in fields)) if fields \
        else set()
    rows: list[tuple[str, Cells]] = []
    for field in fields[0] if fields else ():
        cells = [one.facts.get(field.key) or None for one in found]
        if field.key in shared and any(cells):
            rows.append((field.de if lang == "de" else field.en, cells))
    return rows
