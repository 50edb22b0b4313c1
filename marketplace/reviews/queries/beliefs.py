"""What is believed of products before anybody answers, and what another formula would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.reviews.models import Score
from marketplace.reviews.queries.formulas import formula_in_force
from marketplace.reviews.queries.recounts import contributions_of, totals_by_product
from marketplace.reviews.rules.formula import Formula
from marketplace.reviews.rules.score import (
    Prior,
    category_prior,
    overall_mean,
    posterior,
    prior_weight,
)

LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What is believed today before anybody answers: the whole, and each main category."""

    whole: Prior
    by_main: Mapping[int, Prior]
    formula: Formula


def beliefs(formula: Formula | None = None) -> Beliefs:
    """The beliefs of today, from all counted answers; by another formula if asked.

    Loads: 1 statement per 20,000 products.
    """
    formula, totals = formula or formula_in_force(), totals_by_product()
    mu_all = overall_mean(sum(k for _main, k, _n in totals), sum(n for _main, _k, n in totals))
    m = prior_weight(((k, n) for _main, k, n in totals), formula.prior_weight, formula.weights,
                     formula.moments_from_products)
    sums: dict[int, list[int]] = {}
    for main, k, n in totals:
        own = sums.setdefault(main, [0, 0])
        own[0] += k
        own[1] += n

    def prior(k: int, n: int) -> Prior:
        return category_prior(k, n, mu_all, m, formula.category_weight, formula.means)

    return Beliefs(prior(0, 0), {main: prior(*own) for main, own in sums.items()}, formula)


@dataclass(frozen=True, slots=True)
class Moved:
    """A product whose place or careful estimate another formula would change."""

    product_id: int
    k: int
    n: int
    place: int
    new_place: int
    q10: float
    new_q10: float


def effect_of(new: Formula) -> Sequence[Moved]:
    """The most answered products as another formula would order them today, those that move most
    first; places are places among these products. Loads: 4 statements, 2 of them per 20,000
    products.
    """
    now = formula_in_force()
    main = {row[0]: row[1] for row in db.session.execute(
        select(Product.id, Product.main_category_id)
        .join(Score, Score.product_id == Product.id)
        .where(Score.lot_id.is_(None), Score.n > 0)
        .order_by(Score.n.desc(), Product.id).limit(LOOKED_AT))}
    old_q10, counts = _careful(main, beliefs(now))
    new_q10, _counts = _careful(main, beliefs(new))
    was, will = _places(old_q10), _places(new_q10)
    found = [Moved(one, *counts[one], was[one], will[one], old_q10[one], new_q10[one])
             for one in old_q10]
    return sorted(found, key=lambda one: (
        -abs(one.new_place - one.place), -abs(one.new_q10 - one.q10), one.product_id))


def _careful(main: Mapping[int, int], believed: Beliefs
             ) -> tuple[dict[int, float], dict[int, tuple[int, int]]]:
    """Careful estimates, and (yes, answers), by product."""
    sums = contributions_of(main, clock.today(), believed.formula.half_life_days)
    whole = {product: share for (product, lot), share in sums.items() if lot is None}
    return ({product: posterior(believed.by_main.get(main[product], believed.whole), share.kw,
                                max(share.nw, share.kw)).q10
             for product, share in whole.items()},
            {product: (share.counts["k"], share.counts["n"]) for product, share in whole.items()})


def _places(q10: Mapping[int, float]) -> dict[int, int]:
    best = sorted(q10, key=lambda one: (-q10[one], one))
    return {product: place for place, product in enumerate(best, 1)}
