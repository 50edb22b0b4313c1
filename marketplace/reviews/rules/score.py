"""From counted answers to the verdict: priors, posterior, decay, lots, differences, newcomers."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from marketplace.foundation.figures import Interval, beta_greater, beta_quantile, wilson

if TYPE_CHECKING:
    from marketplace.foundation.figures import Floats

PRIOR_WEIGHT = 10.0
PRIOR_WEIGHT_BOUNDS = (5.0, 30.0)
CATEGORY_WEIGHT = 20.0
MEAN_BOUNDS = (0.50, 0.90)
LOT_WEIGHT = 5.0
HALF_LIFE_DAYS = 365.0
PRODUCER_HALF_LIFE_DAYS = 730.0
STARS_WEIGHT = 10.0
MIN_PRODUCTS_FOR_MOMENTS = 20
MIN_ANSWERS = 10
DRIFT_CHANCE = 0.95
NEWCOMER_DAYS = 90


@dataclass(frozen=True)
class Prior:
    """What is believed of a product before anybody answered: mean share and weight in answers."""

    mu: float
    m: float = PRIOR_WEIGHT

    @property
    def alpha(self) -> float:
        """Say how many yes answers the belief is worth."""
        return self.m * self.mu

    @property
    def beta(self) -> float:
        """Say how many no answers the belief is worth."""
        return self.m * (1 - self.mu)


@dataclass(frozen=True)
class Posterior:
    """What is believed after the answers: Beta(alpha, beta) with mean and 10 % quantile."""

    alpha: float
    beta: float
    mean: float
    q10: float


@dataclass(frozen=True)
class Drift:
    """A lot that is better or worse than the one before, with the probability."""

    direction: Literal["better", "worse"]
    chance: float


def _clipped(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def overall_mean(k: float, n: float) -> float:
    """Give the yes share of the whole marketplace, from 0.8 without answers: (k + 8) / (n + 10)."""
    return (k + 8) / (n + 10)


def category_mean(
    k: float, n: float, mu_all: float, weight: float = CATEGORY_WEIGHT
) -> float:
    """Give a main category's yes share shrunk to the whole marketplace's; not yet bounded."""
    return (k + weight * mu_all) / (n + weight)


def category_prior(
    k: float, n: float, mu_all: float, m: float = PRIOR_WEIGHT, weight: float = CATEGORY_WEIGHT,
    bounds: tuple[float, float] = MEAN_BOUNDS,
) -> Prior:
    """Give the belief for products of a main category with k yes of n answers.

    The mean is kept in 0.50..0.90, so that 3 of 3 never outranks 180 of 200.
    """
    return Prior(_clipped(category_mean(k, n, mu_all, weight), bounds), m)


def moments(counts: Sequence[tuple[int, int]]) -> tuple[float, float, float, float]:
    """Estimate how alike products are: mean share p, spread S, correlation rho, weight m.

    counts: (k, n) of products with answers; weights are the n. m = 1 / rho - 1, infinite where
    the products differ no more than chance. Source: Kleinman 1973, J. Am. Stat. Assoc. 68.
    """
    total = sum(n for _, n in counts)
    p = sum(k for k, _ in counts) / total
    spread = sum(n * (k / n - p) ** 2 for k, n in counts)
    inner = sum(1 - n / total for _, n in counts)
    outer = sum(n * (1 - n / total) for _, n in counts)
    chance = p * (1 - p)
    if chance == 0 or outer == inner:
        return p, spread, 0.0, math.inf
    rho = (spread - chance * inner) / (chance * (outer - inner))
    return p, spread, rho, 1 / rho - 1 if rho > 0 else math.inf


def prior_weight(
    counts: Iterable[tuple[int, int]], else_: float = PRIOR_WEIGHT,
    bounds: tuple[float, float] = PRIOR_WEIGHT_BOUNDS, products: float = MIN_PRODUCTS_FOR_MOMENTS,
) -> float:
    """Give the weight m of the belief: by moments from 20 products with 10 answers on, else 10.

    Kept in 5..30. The named numbers are those of the formula in force.
    """
    enough = [(k, n) for k, n in counts if n >= MIN_ANSWERS]
    if len(enough) < products:
        return else_
    return _clipped(moments(enough)[3], bounds)


def posterior(prior: Prior, k: float, n: float) -> Posterior:
    """Give what is believed after k yes of n answers (decayed counts may be broken numbers).

    Raises ValueError for impossible counts.
    """
    if not 0 <= k <= n + 1e-9:
        raise ValueError(f"need 0 <= k <= n, got k={k}, n={n}")
    alpha, beta = prior.alpha + k, prior.beta + max(n - k, 0.0)
    return Posterior(alpha, beta, alpha / (alpha + beta), beta_quantile(alpha, beta, 0.1))


def posteriors(mu: Floats, m: Floats, k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Give means and 10 % quantiles of many products at once (nightly rebuild); arrays pairwise."""
    alpha, beta = m * mu + k, m * (1 - mu) + n - k
    return alpha / (alpha + beta), beta_quantile(alpha, beta, 0.1)


def decay(age_days: float, half_life_days: float = HALF_LIFE_DAYS) -> float:
    """Give the weight 0..1 of an answer of this age; running sums are carried by the same factor.

    An answer from the future (clock moved back) weighs 1.
    """
    return math.exp2(-max(age_days, 0.0) / half_life_days)


def decayed_counts(
    answers: Iterable[tuple[bool, float]], half_life_days: float = HALF_LIFE_DAYS
) -> tuple[float, float]:
    """Give weighted yes answers and weighted answers, from (again, age in days) in any order."""
    weighted = [(again, decay(age, half_life_days)) for again, age in answers]
    return math.fsum(w for again, w in weighted if again), math.fsum(w for _, w in weighted)


def effective_answers(ages_days: Iterable[float]) -> float:
    """Say how many fresh answers answers of these ages are worth (Kish): (sum w)^2 / sum w^2."""
    weights = [decay(age) for age in ages_days]
    squares = sum(w * w for w in weights)
    return sum(weights) ** 2 / squares if squares else 0.0


def lot_prior(previous_mean: float, m: float = LOT_WEIGHT) -> Prior:
    """Give the belief for a new lot from the posterior mean of the lot before."""
    return Prior(previous_mean, m)


def drift(
    previous: tuple[int, int], current: tuple[int, int], proof: float = DRIFT_CHANCE
) -> Drift | None:
    """Tell whether the current lot is better or worse than the one before; None if not proved.

    (k, n) each; both need 10 answers; flat priors, 95 %.
    """
    (k1, n1), (k2, n2) = previous, current
    if min(n1, n2) < MIN_ANSWERS:
        return None
    chance = beta_greater(k1 + 1, n1 - k1 + 1, k2 + 1, n2 - k2 + 1)
    if chance >= proof:
        return Drift("worse", chance)
    return Drift("better", 1 - chance) if 1 - chance >= proof else None


def difference(
    first: tuple[int, int], second: tuple[int, int]
) -> Literal["first", "second", "none"]:
    """Say which of two products has the provably larger yes share; "none" if intervals overlap.

    (k, n) each; the page says "no demonstrable difference" for "none". 95 % Wilson intervals.
    """
    one, other = wilson(*first), wilson(*second)
    if one.overlaps(other):
        return "none"
    return "first" if one.value > other.value else "second"


def stars_mean(
    stars_sum: float, n: int, overall: float, weight: float = STARS_WEIGHT
) -> float:
    """Give the Bayesian star mean: as if ten answers of the overall mean had come first."""
    return (weight * overall + stars_sum) / (weight + n)


def worst_case(k: int, n: int, buyers: int) -> Interval:
    """Give the yes share with its bounds if all silent buyers would say no, or yes.

    k yes of n answers of buyers, n <= buyers. Source: Manski 1990, Am. Econ. Review 80.
    """
    if not 0 <= k <= n <= buyers or buyers == 0:
        raise ValueError("need 0 <= k <= n <= buyers and one buyer")
    return Interval(k / n if n else 0.0, k / buyers, (k + buyers - n) / buyers)


def effective_share(k: int, buyers: int) -> float:
    """Give yes answers per buyer, silent ones counted as no. Source: Nosko, Tadelis 2015."""
    return k / buyers if buyers else 0.0


def corrected_share(q: float, happy_rate: float, unhappy_rate: float) -> float:
    """Give the yes share that answer rates of happy and unhappy buyers would imply.

    q: share among answers; rates 0..1 from a sample that was followed up fully.
    """
    yes, no = q * unhappy_rate, (1 - q) * happy_rate
    return yes / (yes + no) if yes + no else 0.0


def helpful_rank(up: int, votes: int) -> float:
    """Give the number by which helpful words are ordered: the Wilson lower end of up votes."""
    return wilson(up, votes).low


def is_newcomer(n: int, on_sale_days: float) -> bool:
    """Tell whether a product counts as newly discovered: under 10 answers and 90 days on sale."""
    return n < MIN_ANSWERS and on_sale_days < NEWCOMER_DAYS


def newcomer_positions(length: int, share: float = 1 / 7) -> list[int]:
    """Give the places (from 1) of a list that newcomers hold: 4, 11, 18, ... at a share of 1/7.

    share 0.10..0.20. Raises ValueError outside.
    """
    if not 0.0999 <= share <= 0.2001:
        raise ValueError("the newcomers' share lies between 10 and 20 %")
    step = round(1 / share)
    return list(range((step + 1) // 2, length + 1, step))


def newcomer_draw(day: date, product_id: int, belief: Posterior | Prior) -> float:
    """Give the number by which newcomers compete for their places today, the same all day long.

    Thompson draw: the belief's quantile at u = first 8 bytes of SHA-256("day:product") / 2^64.
    """
    digest = hashlib.sha256(f"{day.isoformat()}:{product_id}".encode()).digest()
    return beta_quantile(belief.alpha, belief.beta, int.from_bytes(digest[:8], "big") / 2**64)
