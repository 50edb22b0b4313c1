"""What is on sale, by place in the arrays: laid out once for many lists."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from marketplace.recommend.rules.rows import Known

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VERDICT_BOUNDS = (0.7, 1.2)
NOT_ON_SALE = 32_767


class Offer(NamedTuple):
    """What one person may be offered: the factor of each product, and which are out."""

    factors: Floats
    out: NDArray[np.bool_]


class Shelf(NamedTuple):
    """All that is on sale: the factor of each product, and its age class."""

    factors: Floats
    ages: NDArray[np.int16]

    def below(self, from_age: int) -> Offer:
        """Give what may be offered to somebody for whom age classes from this one on are out."""
        return Offer(self.factors, self.ages >= from_age)


def shelf(
    products: Known,
    verdicts: Mapping[Hashable, float],
    by_age: Mapping[int, Collection[Hashable]],
) -> Shelf:
    """Lay out what is on sale; verdicts: product -> its verdict by its category's mean."""
    import numpy as np

    ages = np.full(len(products), NOT_ON_SALE, np.int16)
    for age, ids in by_age.items():
        ages[[place for one in ids if (place := products.find(one)) is not None]] = age
    return Shelf(factors(products, verdicts), ages)


def factors(products: Known, verdicts: Mapping[Hashable, float]) -> Floats:
    """Give each product's factor, kept in 0.7..1.2; 1 where there is no verdict."""
    import numpy as np

    made = np.ones(len(products))
    for product, factor in verdicts.items():
        place = products.find(product)
        if place is not None:
            made[place] = factor
    return np.clip(made, *VERDICT_BOUNDS)
