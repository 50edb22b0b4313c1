"""Statistics that several rooms need, on plain numbers: intervals, quantiles, survival."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from statistics import NormalDist, median
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """A share or difference with the ends of its interval."""

    value: float
    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Tell whether both intervals share a point."""
        return self.low <= other.high and other.low <= self.high

    def proves_difference(self) -> bool:
        """Tell whether zero lies outside, for an interval of a difference."""
        return self.low > 0 or self.high < 0


class MedianInterval(NamedTuple):
    """A median with the values at the ranks of its interval; None below 6 values."""

    value: float
    low: float | None
    high: float | None


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)


def _checked(k: float, n: float) -> None:
    if n < 0 or not 0 <= k <= n:
        raise ValueError(f"need 0 <= k <= n, got k={k}, n={n}")


def wilson(k: float, n: float, level: float = 0.95) -> Interval:
    """Give the share k/n with its score interval, honest also for few answers and 0 or 100 %.

    k of n, 0 <= k <= n; without answers the share is 0 and the interval 0..1.
    Raises ValueError. Source: Wilson 1927, J. Am. Stat. Assoc. 22.
    """
    _checked(k, n)
    if n == 0:
        return Interval(0.0, 0.0, 1.0)
    z, share = _z(level), k / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    low = 0.0 if k == 0 else (middle - half) / whole
    high = 1.0 if k == n else (middle + half) / whole
    return Interval(share, low, high)


def newcombe(k1: float, n1: float, k2: float, n2: float, level: float = 0.95) -> Interval:
    """Give how much larger the second share is than the first, with its interval.

    Each n > 0. Raises ValueError. Source: Newcombe 1998, Statistics in Medicine 17, method 10.
    """
    if n1 <= 0 or n2 <= 0:
        raise ValueError("both groups need at least one answer")
    first, second = wilson(k1, n1, level), wilson(k2, n2, level)
    change = second.value - first.value
    below = math.hypot(second.value - second.low, first.high - first.value)
    above = math.hypot(second.high - second.value, first.value - first.low)
    return Interval(change, change - below, change + above)


@overload
def beta_cdf(a: float, b: float, x: float) -> float: ...
@overload
def beta_cdf(a: Floats, b: Floats, x: Floats | float) -> Floats: ...
def beta_cdf(a: float | Floats, b: float | Floats, x: float | Floats) -> float | Floats:
    """Give the probability that a Beta(a, b) share is at most x; arrays are taken pairwise.

    a, b > 0; x is kept in 0..1.
    """
    import numpy as np
    from scipy.special import betainc

    found: Floats = betainc(a, b, np.clip(x, 0.0, 1.0))
    return float(found) if np.ndim(found) == 0 else found


@overload
def beta_quantile(a: float, b: float, q: float) -> float: ...
@overload
def beta_quantile(a: Floats, b: Floats, q: Floats | float) -> Floats: ...
def beta_quantile(a: float | Floats, b: float | Floats, q: float | Floats) -> float | Floats:
    """Give the share that a Beta(a, b) share stays below with probability q; arrays pairwise.

    a, b > 0; q in 0..1.
    """
    import numpy as np
    from scipy.special import betaincinv

    found: Floats = betaincinv(a, b, q)
    return float(found) if np.ndim(found) == 0 else found


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def beta_greater(a1: int, b1: int, a2: int, b2: int) -> float:
    """Give the probability that a Beta(a1, b1) share is larger than a Beta(a2, b2) share.

    Whole parameters >= 1 (counts on flat priors), a closed sum of a1 terms. Raises ValueError.
    Source: Cook 2005, Exact calculation of beta inequalities.
    """
    if min(a1, b1, a2, b2) < 1 or any(v != int(v) for v in (a1, b1, a2, b2)):
        raise ValueError("the closed sum needs whole parameters of at least 1")
    base = _log_beta(a2, b2)
    terms = (
        math.exp(_log_beta(a2 + i, b1 + b2) - math.log(b1 + i) - _log_beta(1 + i, b1) - base)
        for i in range(int(a1))
    )
    return min(1.0, math.fsum(terms))


def _smallest(cdf: Callable[[int], float], q: float) -> int:
    high = 1
    while cdf(high) < q:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if cdf(middle) >= q else (middle, high)
    return high


def _checked_q(q: float) -> None:
    if not 0 < q < 1:
        raise ValueError("q lies between 0 and 1")


def poisson_quantile(mean: float, q: float) -> int:
    """Give the smallest count that a Poisson count with this mean exceeds at most 1 - q often.

    mean >= 0; 0 < q < 1. Raises ValueError.
    """
    from scipy.special import pdtr

    _checked_q(q)
    if mean < 0:
        raise ValueError("a mean count is not negative")
    return _smallest(lambda k: float(pdtr(k, mean)), q) if mean else 0


def negbin_quantile(size: float, p: float, q: float) -> int:
    """Give the smallest count that a negative binomial count exceeds at most 1 - q often.

    size > 0; 0 < p <= 1, mean size (1 - p) / p; 0 < q < 1. Raises ValueError.
    """
    from scipy.special import betainc

    _checked_q(q)
    if size <= 0 or not 0 < p <= 1:
        raise ValueError("need size > 0 and 0 < p <= 1")
    return _smallest(lambda k: float(betainc(size, k + 1, p)), q)


def median_ranks(n: int, level: float = 0.95) -> tuple[int, int] | None:
    """Give the ranks (from 1) between which the median lies at this level; None if n is too small.

    Source: order statistics with Binomial(n, 1/2).
    """
    chance, rank = 0.5**n if n < 1000 else 0.0, 0
    if n >= 1000:
        half = _z(level) * math.sqrt(n) / 2
        return max(1, math.floor(n / 2 - half)), min(n, math.ceil(n / 2 + half) + 1)
    below = chance
    while 2 * below <= 1 - level:
        rank += 1
        chance *= (n - rank + 1) / rank
        below += chance
    return (rank, n + 1 - rank) if rank else None


def median_interval(values: Iterable[float], level: float = 0.95) -> MedianInterval:
    """Give the median of the values with its distribution-free interval.

    At least one value; low and high are None where there are too few values (below 6 at 95 %).
    Raises ValueError without values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("a median needs at least one value")
    ranks = median_ranks(len(ordered), level)
    if ranks is None:
        return MedianInterval(median(ordered), None, None)
    return MedianInterval(median(ordered), ordered[ranks[0] - 1], ordered[ranks[1] - 1])


def kaplan_meier(
    spells: Sequence[tuple[float, bool]], horizon: float, level: float = 0.95
) -> Interval:
    """Give the share still without the event at the horizon, with its log-log interval.

    spells: (time, event happened); without the event the time is how long one has looked.
    Events come before ends of observation of the same time. Raises ValueError for no spells.
    Source: Kaplan, Meier 1958; Kalbfleisch, Prentice 1980 for the interval.
    """
    if not spells:
        raise ValueError("survival needs at least one spell")
    alive, spread = 1.0, 0.0
    for time in sorted({t for t, event in spells if event and t <= horizon}):
        risk = sum(1 for t, _ in spells if t >= time)
        events = sum(1 for t, event in spells if event and t == time)
        alive *= 1 - events / risk
        spread += events / (risk * (risk - events)) if risk > events else 0.0
    return _log_log(alive, spread, _z(level))


def _log_log(alive: float, spread: float, z: float) -> Interval:
    if alive in (0.0, 1.0):
        return Interval(alive, alive, alive)
    turn = z * math.sqrt(spread) / math.log(alive)
    return Interval(alive, alive ** math.exp(-turn), alive ** math.exp(turn))
