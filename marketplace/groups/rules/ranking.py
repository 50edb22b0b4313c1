"""What members would buy again, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from marketplace.foundation.figures import beta_quantile

if TYPE_CHECKING:
    from marketplace.foundation.figures import Floats

LEAST_ANSWERS, PRIOR = 5, 10.0


@overload
def strength(k: float, n: float, mean: float) -> float: ...
@overload
def strength(k: Floats, n: Floats, mean: Floats) -> Floats: ...
def strength(k: float | Floats, n: float | Floats, mean: float | Floats) -> float | Floats:
    """The 10 % quantile of Beta(10p + k, 10(1 - p) + n - k), p the product's mean among all.

    k yes of n answers; arrays pairwise.
    """
    return beta_quantile(PRIOR * mean + k, PRIOR * (1 - mean) + n - k, 0.1)  # type: ignore[arg-type]
