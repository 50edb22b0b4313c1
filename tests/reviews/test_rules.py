"""Rules of the reviews room against its vectors and promises."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.reviews.rules import score

BELIEF = score.Prior(0.8, 10)
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def _days(n):
    return timedelta(days=n)


@pytest.mark.parametrize(
    ("k", "n", "mean", "q10"),
    [
        (0, 0, 0.8000, 0.6316),
        (0, 1, 0.7273, 0.5504),
        (1, 1, 0.8182, 0.6632),
        (3, 3, 0.8462, 0.7125),
        (5, 5, 0.8667, 0.7493),
        (9, 10, 0.8500, 0.7435),
        (12, 20, 0.6667, 0.5548),
        (27, 30, 0.8750, 0.8054),
        (33, 37, 0.8723, 0.8077),
        (90, 100, 0.8909, 0.8517),
        (180, 200, 0.8952, 0.8675),
        (50, 100, 0.5273, 0.4663),
    ],
)
def test_posterior_equals_the_vectors(k, n, mean, q10):
    """reviews-2: prior Beta(8,2), mean and 10 % quantile, four digits."""
    found = score.posterior(BELIEF, k, n)
    assert (round(found.mean, 4), round(found.q10, 4)) == (mean, q10)


def test_posterior_refuses_impossible_counts():
    with pytest.raises(ValueError):
        score.posterior(BELIEF, 3, 2)


def test_many_posteriors_equal_the_single_ones():
    k, n = np.array([3.0, 180.0]), np.array([3.0, 200.0])
    means, q10s = score.posteriors(np.full(2, 0.8), np.full(2, 10.0), k, n)
    assert np.round(means, 4).tolist() == [0.8462, 0.8952]
    assert np.round(q10s, 4).tolist() == [0.7125, 0.8675]


def test_best_belief_keeps_many_answers_ahead_of_three():
    """reviews-3: mu .90, m 10: 3/3 -> .8254, 180/200 -> .8728."""
    best = score.Prior(0.9, 10)
    assert round(score.posterior(best, 3, 3).q10, 4) == 0.8254
    assert round(score.posterior(best, 180, 200).q10, 4) == 0.8728


@given(st.floats(0.5, 0.9), st.floats(5, 30))
def test_three_of_three_never_outranks_180_of_200(mu, m):
    """reviews-3: for any mu in 0.50..0.90 and m in 5..30."""
    prior = score.Prior(mu, m)
    assert score.posterior(prior, 3, 3).q10 < score.posterior(prior, 180, 200).q10


@given(st.floats(0.5, 0.9), st.floats(5, 30), st.integers(0, 300), st.integers(0, 300))
def test_a_yes_never_lowers_and_a_no_never_raises(mu, m, k, no):
    """reviews-2: mean and q10."""
    prior = score.Prior(mu, m)
    now = score.posterior(prior, k, k + no)
    yes = score.posterior(prior, k + 1, k + no + 1)
    against = score.posterior(prior, k, k + no + 1)
    assert yes.mean >= now.mean and yes.q10 >= now.q10 - 1e-12
    assert against.mean <= now.mean and against.q10 <= now.q10 + 1e-12


@settings(max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 2000)), max_size=30), st.randoms())
def test_order_of_answers_is_irrelevant(answers, random):
    """reviews-2: any order gives the very same counts."""
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert score.decayed_counts(answers) == score.decayed_counts(shuffled)


def test_category_beliefs_equal_the_vectors():
    """reviews-2: K=4120, N=5000 -> .823952; 190/200 kept at .90; 30/60; empty."""
    mu = score.overall_mean(4120, 5000)
    assert round(mu, 6) == 0.823952
    assert round(score.category_mean(190, 200, mu), 6) == 0.938541
    assert score.category_prior(190, 200, mu).mu == 0.90
    assert round(score.category_mean(30, 60, mu), 6) == 0.580988
    middle, empty = score.category_prior(30, 60, mu), score.category_prior(0, 0, mu)
    assert (round(middle.alpha, 4), round(middle.beta, 4)) == (5.8099, 4.1901)
    assert (round(empty.alpha, 4), round(empty.beta, 4)) == (8.2395, 1.7605)


TWENTY = [
    (9, 10), (18, 20), (12, 20), (27, 30), (16, 25), (38, 40), (11, 15), (10, 12), (24, 32),
    (45, 50), (14, 20), (28, 30), (8, 16), (33, 37), (19, 24), (10, 11), (21, 28), (55, 60),
    (13, 18), (30, 40),
]  # fmt: skip


def test_weight_of_the_belief_by_moments_equals_the_vector():
    """reviews-2: p .819703, S 7.105049, rho .059847, m 15.7093."""
    p, spread, rho, m = score.moments(TWENTY)
    assert (round(p, 6), round(spread, 6), round(rho, 6)) == (0.819703, 7.105049, 0.059847)
    assert round(m, 4) == round(score.prior_weight(TWENTY), 4) == 15.7093


def test_weight_of_the_belief_is_10_below_20_products_and_bounded():
    """19 products -> 10; all alike -> 30, the upper bound; all or nothing -> 5, the lower."""
    assert score.prior_weight(TWENTY[:19]) == 10
    assert score.prior_weight([(8, 10)] * 20) == 30
    assert score.prior_weight([(10, 10), (0, 10)] * 10) == 5
    assert score.prior_weight([(10, 10)] * 20) == 30


def test_new_lot_starts_from_the_lot_before():
    """reviews-2: 27/30 on Beta(8,2) -> Beta(4.375, .625); 3/5 -> Beta(7.375, 2.625)."""
    prior = score.lot_prior(score.posterior(BELIEF, 27, 30).mean)
    assert (round(prior.alpha, 3), round(prior.beta, 3)) == (4.375, 0.625)
    found = score.posterior(prior, 3, 5)
    assert (round(found.alpha, 3), round(found.beta, 3)) == (7.375, 2.625)
    assert (round(found.mean, 4), round(found.q10, 4)) == (0.7375, 0.5539)


def test_old_answers_weigh_less():
    """reviews-2: ages 0, 365, 730 -> 1, .5, .25; effective 2.3333; kw 1.75, nw 2.25."""
    ages = [0, 365, 730]
    assert [score.decay(a) for a in ages] == [1, 0.5, 0.25]
    assert score.decay(730, score.PRODUCER_HALF_LIFE_DAYS) == 0.5
    assert score.decay(-3) == 1
    assert round(score.effective_answers(ages), 4) == 2.3333
    assert score.effective_answers([]) == 0
    kw, nw = score.decayed_counts([(True, 0), (True, 365), (True, 730), (False, 365)])
    assert (kw, nw) == (1.75, 2.25)
    found = score.posterior(BELIEF, kw, nw)
    assert (round(found.mean, 4), round(found.q10, 4)) == (0.7959, 0.6428)


def test_sum_carried_forward_equals_recounting():
    """Yes answers aged 10 and 400 days, carried by 30 more days: the sum decays as one."""
    before, _ = score.decayed_counts([(True, 10), (True, 400)])
    after, _ = score.decayed_counts([(True, 40), (True, 430)])
    assert before * score.decay(30) == pytest.approx(after, abs=1e-12)


def test_stars_start_from_the_overall_mean():
    """reviews-2: M=4.2: one 5 -> 4.2727; fifty of mean 4.6 -> 4.5333."""
    assert round(score.stars_mean(5, 1, 4.2), 4) == 4.2727
    assert round(score.stars_mean(230, 50, 4.2), 4) == 4.5333


def test_silent_buyers_bound_the_share():
    """reviews-2: N=52, n=37, k=33 -> .6346 to .9231; non-response rows."""
    found = score.worst_case(33, 37, 52)
    assert (round(found.low, 4), round(found.high, 4)) == (0.6346, 0.9231)
    assert score.effective_share(33, 52) == found.low and score.effective_share(0, 0) == 0
    rates = [(0.6, 0.9, 0.9252), (0.6, 0.6, 0.8919), (0.8, 0.5, 0.8376)]
    for happy, unhappy, share in rates:
        assert round(score.corrected_share(33 / 37, happy, unhappy), 4) == share
    assert score.corrected_share(0, 0, 0) == 0
    with pytest.raises(ValueError):
        score.worst_case(3, 2, 5)


def test_drift_needs_proof_and_ten_answers_each():
    """reviews-2: drift rows; the reverse is told too."""
    assert score.drift((45, 50), (12, 20)).direction == "worse"
    assert round(score.drift((45, 50), (12, 20)).chance, 4) == 0.9974
    assert score.drift((45, 50), (17, 20)) is None
    assert score.drift((27, 30), (7, 10)) is None
    assert score.drift((45, 50), (6, 9)) is None
    assert score.drift((12, 20), (45, 50)).direction == "better"


def test_difference_is_told_only_where_intervals_part():
    """reviews-34: difference rows."""
    assert score.difference((90, 100), (50, 100)) == "first"
    assert score.difference((150, 200), (180, 200)) == "second"
    assert score.difference((27, 30), (12, 20)) == "none"


def test_helpful_order_equals_the_vector():
    """reviews-2: .7650, .5655, .5650, .4385, .3866, .2065."""
    votes = [(40, 45), (5, 5), (8, 9), (3, 3), (12, 20), (1, 1)]
    found = [round(score.helpful_rank(*v), 4) for v in votes]
    assert found == [0.7650, 0.5655, 0.5650, 0.4385, 0.3866, 0.2065]


def test_newcomers_hold_every_seventh_place():
    """insights-7: 4, 11, 18; a tenth: 5, 15; a fifth: 3, 8, 13."""
    assert score.newcomer_positions(20) == [4, 11, 18]
    assert score.newcomer_positions(15, 0.1) == [5, 15]
    assert score.newcomer_positions(13, 0.2) == [3, 8, 13]
    assert score.newcomer_positions(3) == []
    with pytest.raises(ValueError):
        score.newcomer_positions(20, 0.5)


def test_newcomer_draws_equal_the_vectors():
    """insights-7: four draws, six digits."""
    day, five = date(2026, 11, 2), score.posterior(BELIEF, 5, 5)
    assert round(score.newcomer_draw(day, 17, BELIEF), 6) == 0.613915
    assert round(score.newcomer_draw(day, 18, BELIEF), 6) == 0.938180
    assert round(score.newcomer_draw(day, 19, five), 6) == 0.845572
    assert round(score.newcomer_draw(date(2026, 11, 3), 17, BELIEF), 6) == 0.817853


def test_newcomer_is_young_and_little_answered():
    assert score.is_newcomer(9, 89)
    assert not score.is_newcomer(10, 5) and not score.is_newcomer(0, 90)
