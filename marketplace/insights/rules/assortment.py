"""What the answers of buyers propose for a product - never more than a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marketplace.foundation.figures import beta_cdf
from marketplace.reviews.rules.score import MIN_ANSWERS, Prior, posterior

LIKED_FROM = 0.70
REACH_FLOOR = 5
GROUP_NEED_WEIGHT = 4.0
GROUP_LIKE_WEIGHT = 10.0
GROUP_LIKE_MARGIN = 0.1

Cell = Literal["favourite", "secret_tip", "along", "worry", "open"]
Kind = Literal["promote", "improve", "delist", "keep"]


@dataclass(frozen=True)
class Thresholds:
    """From where on answers propose something; rows of the public formula versions."""

    promote_share: float = 0.8
    promote_chance: float = 0.8
    improve_share: float = 0.7
    improve_chance: float = 0.8
    delist_share: float = 0.6
    delist_chance: float = 0.9
    delist_answers: int = 20
    answers: int = MIN_ANSWERS
    need_share: float = 0.7
    need_chance: float = 0.8
    like_chance: float = 0.9


STANDARD = Thresholds()


@dataclass(frozen=True)
class Proposal:
    """A proposal with the figures from which anybody can recompute it; chances 0..1.

    candidate: the answers alone would allow delisting, whether or not the other conditions hold.
    """

    kind: Kind
    k: int
    n: int
    mean: float
    q10: float
    above_promote: float
    below_improve: float
    below_delist: float
    candidate: bool


def cell(q10: float, n: int, buyers: int, median_buyers: float) -> Cell:
    """Place a product on the two axes approval and reach; open below 10 answers.

    buyers: unique, 365 days; median_buyers: of the main category, taken as at least 5.
    """
    if n < MIN_ANSWERS:
        return "open"
    reach = buyers >= max(median_buyers, REACH_FLOOR)
    if q10 >= LIKED_FROM:
        return "favourite" if reach else "secret_tip"
    return "along" if reach else "worry"


def chance_above(prior: Prior, k: float, n: float, share: float) -> float:
    """Give the probability 0..1 that the true yes share is above this share."""
    return 1 - chance_below(prior, k, n, share)


def chance_below(prior: Prior, k: float, n: float, share: float) -> float:
    """Give the probability 0..1 that the true yes share is below this share."""
    return beta_cdf(prior.alpha + k, prior.beta + n - k, share)


def proposal(
    prior: Prior,
    k: int,
    n: int,
    *,
    improved: bool = False,
    needed: bool = False,
    limits: Thresholds = STANDARD,
) -> Proposal:
    """Propose promote, improve, delist or keep from the undecayed counts k of n.

    improved: an improve cycle of at least 60 days has ended; needed: some group needs it. Without
    the first, or with the second, a candidate for delisting is proposed for improvement.
    """
    belief = posterior(prior, k, n)
    above = chance_above(prior, k, n, limits.promote_share)
    below = chance_below(prior, k, n, limits.improve_share)
    far_below = chance_below(prior, k, n, limits.delist_share)
    candidate = n >= limits.delist_answers and far_below >= limits.delist_chance
    kind: Kind = "keep"
    if candidate and improved and not needed:
        kind = "delist"
    elif n >= limits.answers and below >= limits.improve_chance:
        kind = "improve"
    elif n >= limits.answers and above >= limits.promote_chance:
        kind = "promote"
    return Proposal(kind, k, n, belief.mean, belief.q10, above, below, far_below, candidate)


def group_need_chance(mean: float, k: int, n: int, limits: Thresholds = STANDARD) -> float:
    """Give the probability that a group's yes share is above 0.7, from the overall mean."""
    return chance_above(Prior(mean, GROUP_NEED_WEIGHT), k, n, limits.need_share)


def group_needs(mean: float, k: int, n: int, limits: Thresholds = STANDARD) -> bool:
    """Tell whether a group needs the product: 10 answers of members and a chance of 0.8."""
    enough = n >= limits.answers
    return enough and group_need_chance(mean, k, n, limits) >= limits.need_chance


def group_like_chance(mean: float, k: int, n: int) -> float:
    """Give the probability that a group's yes share is more than 0.1 above the overall mean."""
    return chance_above(Prior(mean, GROUP_LIKE_WEIGHT), k, n, min(mean + GROUP_LIKE_MARGIN, 1.0))


def group_prefers(mean: float, k: int, n: int, limits: Thresholds = STANDARD) -> bool:
    """Tell whether a group likes what all others do not: 10 answers and a chance of 0.9."""
    return n >= limits.answers and group_like_chance(mean, k, n) >= limits.like_chance


def expected_loss_minor(
    exclusive_buyers: int, substitution: float, contribution_minor: float
) -> int:
    """Give what ending a product would cost a year, in minor units.

    exclusive buyers x (1 - substitution 0..1) x contribution per buyer and year; half up.
    """
    return int(exclusive_buyers * (1 - substitution) * contribution_minor + 0.5)


def evidence_is_stale(n_then: int, n_now: int) -> bool:
    """Tell whether a decision must look again: the number of answers changed by over 20 %."""
    return abs(n_now - n_then) > 0.2 * n_then
