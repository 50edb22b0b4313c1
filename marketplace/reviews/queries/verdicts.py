"""How many would buy it again: for cards, products, lots and producers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from marketplace.catalog.models import Lot, Product
from marketplace.catalog.queries import ProductCard, card_of, cards_statement
from marketplace.foundation.database import db, read
from marketplace.foundation.figures import wilson
from marketplace.foundation.kept import kept
from marketplace.reviews.models import Rating, RatingOccasion, Score
from marketplace.reviews.queries.formulas import formula_in_force
from marketplace.reviews.rules.score import MIN_ANSWERS, Drift, drift, stars_mean
from marketplace.reviews.rules.verdict import STARS_FROM


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The buyers' answer to one product, lot or producer, with its period."""

    k: int
    n: int
    buyers: int = 0
    since: datetime | None = None
    until: datetime | None = None
    q10: float = 0.0
    value_yes: int = 0
    value_n: int = 0
    delight: tuple[int, int, int] = (0, 0, 0)
    stars: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    stars_sum: int = 0
    stars_n: int = 0
    mu: float = 0.8
    m: float = 10.0
    how_url: str = "/how-reviews-are-checked"
    checked_url: str = "/how-reviews-are-checked#checks"

    @property
    def low(self) -> float:
        """Lower end of the 95 % Wilson interval."""
        return wilson(self.k, self.n).low if self.n else 0.0

    @property
    def high(self) -> float:
        """Upper end of the 95 % Wilson interval."""
        return wilson(self.k, self.n).high if self.n else 1.0


NONE = VerdictView(0, 0)


def _view(row: Any, slug: str | None = None) -> VerdictView:
    how = f"/how-reviews-are-checked?product={slug}" if slug else "/how-reviews-are-checked"
    return VerdictView(
        row.k, row.n, row.buyers, row.first_at, row.last_at, row.q10, row.value_yes, row.value_n,
        (row.delight_d, row.delight_o, row.delight_b),
        (row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5), row.stars_sum,
        row.stars_n, row.mu, row.m, how,
    )


@cache
def _by_products() -> Any:
    return (select(Score.product_id, Score.k, Score.n, Score.buyers, Score.first_at,
                   Score.last_at, Score.q10, Product.slug)
            .join(Product, Product.id == Score.product_id)
            .where(Score.product_id.in_(bindparam("ids", expanding=True)),
                   Score.lot_id.is_(None)))


def verdicts(product_ids: Collection[int]) -> Mapping[int, VerdictView]:
    """Verdicts by product. Loads: 1 statement for any number."""
    if not product_ids:
        return {}
    rows = read(_by_products(), ids=list(product_ids))
    return {i: VerdictView(k, n, buyers, since, until, q10,
                           how_url=f"/how-reviews-are-checked?product={slug}")
            for i, k, n, buyers, since, until, q10, slug in rows}


def rated_cards(
    ids: Collection[int], lang: str
) -> tuple[Mapping[int, ProductCard], Mapping[int, VerdictView]]:
    """Products as cards, and their verdicts, by id. Loads: 1 statement for any number."""
    if not ids:
        return {}, {}
    rows = read(_rated_cards(lang), ids=list(ids))
    said = {row.id: VerdictView(row.k, row.n, row.buyers, row.first_at, row.last_at, row.q10,
                                how_url=f"/how-reviews-are-checked?product={row.slug}")
            for row in rows if row.n is not None}
    return {row.id: card_of(row, lang) for row in rows}, said


@cache
def _rated_cards(lang: str) -> Any:
    return (cards_statement(lang)
            .add_columns(Score.k, Score.n, Score.buyers, Score.first_at, Score.last_at, Score.q10)
            .outerjoin(Score, and_(Score.product_id == Product.id, Score.lot_id.is_(None))))


@dataclass(frozen=True, slots=True)
class LotVerdict:
    """The verdict of one lot; `estimated` while its score leans on the lot before."""

    lot_id: int
    label: str
    said: VerdictView
    estimated: bool
    drift: Drift | None
    before: LotVerdict | None


@cache
def _with_lots() -> Any:
    return (select(Score, Lot.label).outerjoin(Lot, Lot.id == Score.lot_id)
            .where(Score.product_id == bindparam("id")).order_by(Lot.sequence, Lot.id))


def verdict_with_lots(product_id: int, slug: str) -> tuple[VerdictView, Sequence[LotVerdict]]:
    """The verdict of a product and those of its lots, newest lot first. Loads: 1 statement."""
    rows = read(_with_lots(), id=product_id)
    whole = next((row for row in rows if row.lot_id is None), None)
    return (_view(whole, slug) if whole else NONE,
            _lots([row for row in rows if row.lot_id is not None]))


def _lots(rows: Sequence[Any]) -> list[LotVerdict]:
    """From lots, oldest first, to their verdicts, newest first."""
    found: list[LotVerdict] = []
    proof = formula_in_force().drift_chance
    for row in rows:
        last, said = found[-1] if found else None, _view(row)
        changed = drift((last.said.k, last.said.n), (said.k, said.n), proof) if last else None
        found.append(LotVerdict(row.lot_id, row.label, said, bool(last) and said.n < MIN_ANSWERS,
                                changed, last))
    return found[::-1]


def stars_of_all() -> float:
    """The mean of all stars, from which each product's own mean starts; 0 without any.

    Loads: 1 statement a minute.
    """
    def load() -> float:
        row = db.session.execute(
            select(func.sum(Score.stars_sum), func.sum(Score.stars_n))
            .where(Score.lot_id.is_(None))).one()
        return float(row[0]) / float(row[1]) if row[1] else 0.0

    return kept("stars of all", load)


def stars_shown(said: VerdictView) -> float | None:
    """The star mean as it is shown, from ten on; None below. Loads: 1 statement a minute."""
    if said.stars_n < STARS_FROM:
        return None
    return stars_mean(said.stars_sum, said.stars_n, stars_of_all(),
                      formula_in_force().stars_weight)


def producer_verdict(producer_id: int) -> VerdictView:
    """The sum of a producer's products. Loads: 1 statement."""
    return producer_verdicts([producer_id]).get(producer_id, NONE)


def producer_verdicts(producer_ids: Collection[int]) -> Mapping[int, VerdictView]:
    """The sums of producers' products, by producer. Loads: 1 statement for any number."""
    if not producer_ids:
        return {}
    rows = read(_of_producers(), ids=list(producer_ids))
    return {row[0]: VerdictView(int(row[1]), int(row[2]), int(row[3]), row[4], row[5])
            for row in rows}


@cache
def _of_producers() -> Any:
    return (select(Product.producer_id, func.sum(Score.k), func.sum(Score.n),
                   func.sum(Score.buyers), func.min(Score.first_at), func.max(Score.last_at))
            .join(Product, Product.id == Score.product_id)
            .where(Product.producer_id.in_(bindparam("ids", expanding=True)),
                   Score.lot_id.is_(None))
            .group_by(Product.producer_id))


def all_answers() -> tuple[int, int]:
    """All answers of the market, and how many of them say yes. Loads: 1 statement."""
    row = db.session.execute(
        select(func.coalesce(func.sum(Score.n), 0), func.coalesce(func.sum(Score.k), 0))
        .where(Score.lot_id.is_(None))).one()
    return int(row[0]), int(row[1])


def occasion_counts(product_id: int) -> Mapping[int, int]:
    """What buyers used it for, by occasion. Loads: 1 statement."""
    return {row[0]: row[1] for row in read(_occasions(), id=product_id)}


@cache
def _occasions() -> Any:
    return (select(RatingOccasion.occasion_id, func.count())
            .join(Rating, Rating.id == RatingOccasion.rating_id)
            .where(Rating.product_id == bindparam("id"), Rating.standing == "counts")
            .group_by(RatingOccasion.occasion_id).order_by(func.count().desc()).limit(12))
