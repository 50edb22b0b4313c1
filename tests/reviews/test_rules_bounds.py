"""Bounds of the rules that no vector of the spec pins: each by a hand calculation."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from marketplace.reviews.rules import flags, formula, score
from marketplace.reviews.rules.eligible import (
    AFTER_DISPATCH,
    AFTER_PAYMENT,
    BoughtLine,
    in_hands_at,
)

DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_every_range_of_the_formula() -> None:
    """The whole table, so that no bound moves unseen."""
    assert dict(formula.RANGES) == {
        "prior_weight": (5, 30), "prior_weight_low": (5, 30), "prior_weight_high": (5, 30),
        "moments_from_products": (10, 1000), "category_weight": (5, 200),
        "mean_low": (0.5, 0.9), "mean_high": (0.5, 0.9), "lot_weight": (5, 30),
        "half_life_days": (90, 3650), "stars_weight": (1, 50), "drift_chance": (0.9, 0.999),
        "aside_from_points": (60, 200), "aside_days": (1, 7), "duplicate_from": (0.4, 1),
        "helpful_votes": (3, 20), "helpful_days": (1, 30), "newcomer_share": (0.1, 0.2)}


def test_dispatched_in_the_very_moment_of_the_fallback() -> None:
    """reviews 3.1: marked at paid + 21 days is marked until then; the parcel's way counts."""
    sent = DAY + AFTER_PAYMENT
    assert in_hands_at(BoughtLine(True, DAY, sent)) == sent + AFTER_DISPATCH
    late = sent + timedelta(seconds=1)
    assert in_hands_at(BoughtLine(True, DAY, late)) == sent


def test_a_print_is_the_upper_63_bits_of_each_run() -> None:
    """Five words are one run; a sixth makes two, ascending."""
    run = "eins zwei drei vier fünf"
    number = int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big")
    assert flags.text_print(run) == [number // 2] and number // 2 < 2**63
    assert len(flags.text_print(run + " sechs")) == 2
    assert flags.shingles("nur vier worte hier") == frozenset({"nur vier worte hier"})


def test_three_accounts_need_three_goods_that_all_of_them_share() -> None:
    """Each pair shares three goods, all three accounts together only two."""
    pairs = {1: (1, 2, 3, 4), 2: (1, 2, 3, 5), 3: (1, 2, 4, 5)}
    answers = [(who, product, DAY) for who, goods in pairs.items() for product in goods]
    assert flags.co_reviewers(answers) == set()
    both = [(who, 9, DAY) for who in pairs]
    assert flags.co_reviewers(answers + both) == {1, 2, 3}
    late = [(3, 9, DAY + timedelta(days=8))]
    assert flags.co_reviewers([one for one in answers + both if one[:2] != (3, 9)] + late) == set()


def test_a_ring_needs_two_houses_and_is_told_once() -> None:
    """Two praise one another; the walk begins at the smaller number only."""
    assert flags.rings([(2, 5), (5, 2)]) == {frozenset({2, 5})}
    assert flags.rings([(5, 2), (2, 3), (3, 5), (3, 2)]) == {frozenset({2, 3}),
                                                            frozenset({2, 3, 5})}


def test_products_that_differ_as_much_as_chance_weigh_without_end() -> None:
    """5 of 8 and 3 of 8: spread .25 is chance times inner, so rho is 0 and the weight infinite."""
    p, spread, rho, weight = score.moments([(5, 8), (3, 8)])
    assert (p, spread, rho, weight) == (0.5, 0.25, 0.0, math.inf)
    assert score.moments([(4, 4), (4, 4)])[2:] == (0.0, math.inf)


def test_an_outlier_is_one_in_ten_at_most() -> None:
    """10 of 100 stands out, 11 of 100 does not; nine earlier answers are too few."""
    assert flags.is_outlier(10, 100) and not flags.is_outlier(11, 100)
    assert flags.is_outlier(1, 10) and not flags.is_outlier(0, 9)


def test_a_category_believes_neither_too_little_nor_too_much() -> None:
    """reviews 3.3: a shelf where nobody or everybody would buy again begins at .50 or at .90."""
    assert score.category_prior(0, 10_000, 0.7).mu == 0.50
    assert score.category_prior(10_000, 10_000, 0.7).mu == 0.90
