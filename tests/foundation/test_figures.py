"""Statistics of foundation against the vectors of the reviews, insights and touchpoints rooms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation import figures


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 5, 0, 0.4345),
        (5, 5, 0.5655, 1),
        (3, 3, 0.4385, 1),
        (9, 10, 0.5958, 0.9821),
        (27, 30, 0.7438, 0.9654),
        (33, 37, 0.7529, 0.9571),
        (90, 100, 0.8256, 0.9448),
        (180, 200, 0.8506, 0.9343),
        (84, 240, 0.2924, 0.4123),
        (36, 240, 0.1104, 0.2007),
        (18, 24, 0.5510, 0.8800),
        (1, 8, 0.0224, 0.4709),
    ],
)
def test_wilson_interval_equals_the_vectors(k, n, low, high):
    """reviews-2, insights-8: the Wilson tables, four digits."""
    found = figures.wilson(k, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.value == k / n


def test_wilson_without_answers_knows_nothing():
    assert figures.wilson(0, 0) == (0, 0, 1)


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_wilson_refuses_impossible_counts(k, n):
    with pytest.raises(ValueError):
        figures.wilson(k, n)


@given(st.integers(0, 400), st.integers(1, 400))
def test_wilson_holds_the_share_and_stays_within_0_and_1(k, n):
    k = min(k, n)
    found = figures.wilson(k, n)
    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(
    ("before", "after", "change", "low", "high", "proved"),
    [
        ((8, 200), (180, 3800), 0.0074, -0.0301, 0.0283, False),
        ((40, 1000), (1180, 19000), 0.0221, 0.0077, 0.0332, True),
        ((12, 40), (24, 40), 0.30, 0.0820, 0.4813, True),
        ((45, 100), (61, 100), 0.16, 0.0217, 0.2899, True),
        ((30, 60), (36, 60), 0.10, -0.0761, 0.2677, False),
        ((5, 10), (8, 10), 0.30, -0.1067, 0.5999, False),
    ],
)
def test_newcombe_difference_equals_the_vectors(before, after, change, low, high, proved):
    """insights-10: hold-out rows; touchpoints: before and after."""
    found = figures.newcombe(*before, *after)
    assert tuple(round(v, 4) for v in found) == (change, low, high)
    assert found.proves_difference() is proved


def test_newcombe_needs_both_groups():
    with pytest.raises(ValueError):
        figures.newcombe(0, 0, 1, 2)


def test_intervals_that_share_a_point_overlap():
    """reviews-34: 27/30 and 12/20 overlap (.7438 < .7812), 90/100 and 50/100 do not."""
    assert figures.wilson(27, 30).overlaps(figures.wilson(12, 20))
    assert not figures.wilson(90, 100).overlaps(figures.wilson(50, 100))


@pytest.mark.parametrize(
    ("k", "n", "q10", "q90"),
    [
        (0, 0, 0.6316, 0.9392),
        (0, 1, 0.5504, 0.8842),
        (3, 3, 0.7125, 0.9548),
        (33, 37, 0.8077, 0.9300),
        (50, 100, 0.4663, 0.5881),
    ],
)
def test_beta_quantile_equals_the_vectors(k, n, q10, q90):
    """reviews-2: prior Beta(8,2)."""
    a, b = 8 + k, 2 + n - k
    assert round(figures.beta_quantile(a, b, 0.1), 4) == q10
    assert round(figures.beta_quantile(a, b, 0.9), 4) == q90


def test_beta_functions_take_arrays_and_undo_each_other():
    a, b, q = np.array([2.0, 8.0, 50.5]), np.array([2.0, 2.0, 9.5]), np.array([0.1, 0.5, 0.9])
    found = figures.beta_quantile(a, b, q)
    assert found.shape == (3,)
    assert np.allclose(figures.beta_cdf(a, b, found), q, atol=1e-9)


def test_beta_cdf_of_even_odds_is_the_share_itself():
    """Beta(1,1) is flat: P(X <= .3) = .3; outside 0..1 nothing is left."""
    assert figures.beta_cdf(1, 1, 0.3) == pytest.approx(0.3, abs=1e-12)
    assert figures.beta_cdf(1, 1, -1) == 0 and figures.beta_cdf(1, 1, 2) == 1


@pytest.mark.parametrize(
    ("previous", "current", "chance"),
    [
        ((45, 50), (12, 20), 0.9974),
        ((45, 50), (17, 20), 0.7599),
        ((27, 30), (7, 10), 0.9365),
        ((45, 50), (6, 9), 0.9677),
    ],
)
def test_beta_greater_equals_the_drift_vectors(previous, current, chance):
    """reviews-2: drift, flat priors, closed sum."""
    (k1, n1), (k2, n2) = previous, current
    found = figures.beta_greater(k1 + 1, n1 - k1 + 1, k2 + 1, n2 - k2 + 1)
    assert round(found, 4) == chance


@given(*[st.integers(1, 60)] * 4)
def test_one_of_two_shares_is_larger(a1, b1, a2, b2):
    both = figures.beta_greater(a1, b1, a2, b2) + figures.beta_greater(a2, b2, a1, b1)
    assert both == pytest.approx(1, abs=1e-9)


def test_beta_greater_refuses_broken_counts():
    with pytest.raises(ValueError):
        figures.beta_greater(1.5, 1, 1, 1)


@pytest.mark.parametrize(("mean", "count"), [(0, 0), (0.2, 3), (1, 5), (2, 8), (5, 13), (10, 21)])
def test_poisson_quantile_equals_the_burst_vectors(mean, count):
    """reviews-18: burst from q + 1: 6, 9, 14, 22 for daily means 1, 2, 5, 10."""
    assert figures.poisson_quantile(mean, 0.999) == count


@pytest.mark.parametrize(
    ("rate", "seen", "hours", "count"),
    [(0.5, 84, 168, 3), (2, 1680, 168, 17), (2, 4200, 168, 34)],
)
def test_negbin_quantile_equals_the_resonance_vectors(rate, seen, hours, count):
    """insights-12: size 24 r0 + s, p = (24 + h) / (25 + h), 99 %."""
    size, p = 24 * rate + seen, (24 + hours) / (25 + hours)
    assert figures.negbin_quantile(size, p, 0.99) == count


@pytest.mark.parametrize(
    "call",
    [
        lambda: figures.poisson_quantile(-1, 0.9),
        lambda: figures.poisson_quantile(1, 1),
        lambda: figures.negbin_quantile(0, 0.5, 0.9),
        lambda: figures.negbin_quantile(1, 0, 0.9),
    ],
)
def test_quantiles_refuse_impossible_values(call):
    with pytest.raises(ValueError):
        call()


@pytest.mark.parametrize(
    ("n", "ranks"),
    [(5, None), (6, (1, 6)), (10, (2, 9)), (12, (3, 10)), (20, (6, 15)), (30, (10, 21))],
)
def test_median_ranks_equal_the_vectors(n, ranks):
    """touchpoints: ranks of the 95 % interval."""
    assert figures.median_ranks(n) == ranks


def test_median_ranks_of_many_values_stay_close_to_the_exact_ones():
    """n 1000: normal approximation 500 -+ 31 -> 469, 532; the exact ranks are 469 and 532."""
    assert figures.median_ranks(1000) == (469, 532)


def test_median_interval_equals_the_vectors():
    """touchpoints: before 10 (6 to 26), after 3.5 (2 to 6)."""
    before = [3, 5, 6, 7, 8, 9, 11, 12, 14, 26, 30, 40]
    after = [1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 9]
    assert figures.median_interval(before) == (10, 6, 26)
    assert figures.median_interval(after) == (3.5, 2, 6)
    assert figures.median_interval([7]) == (7, None, None)
    with pytest.raises(ValueError):
        figures.median_interval([])


def test_kaplan_meier_equals_the_vector():
    """insights-18: 9/10 x 7/8 x 5/6 x 4/5 = .525; repurchase .475 (.2075 to .8323)."""
    days = [20, 35, 50, 60, 90, 110, 120, 120, 120, 120]
    again = [True, False, True, False, True, True, False, False, False, False]
    found = figures.kaplan_meier(list(zip(days, again, strict=True)), 120)
    assert round(found.value, 4) == 0.525
    assert (round(1 - found.high, 4), round(1 - found.low, 4)) == (0.2075, 0.8323)


def test_kaplan_meier_without_events_is_certain_and_needs_spells():
    assert figures.kaplan_meier([(5, False)], 10) == (1, 1, 1)
    with pytest.raises(ValueError):
        figures.kaplan_meier([], 10)
