"""What may stand in for a part that cannot be had. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FIFTH, MOST_OFFERED = 5, 3


@dataclass(frozen=True, slots=True)
class Replacement:
    """Something else for a place: its price in minor units, how sure people are of it (the tenth
    percentile of its score, 0..1), and how well it goes with the rest (0..1).
    """

    product_id: int
    variant_id: int
    price_minor: int
    q10: float
    pair: float = 0.0


def replacements(old_minor: int, old_q10: float, found: Sequence[Replacement]
                 ) -> list[Replacement]:
    """At most three that cost at most a fifth more or less and are liked as surely, best first.

    By how well they go with the rest, how surely they are liked, nearness in price, and id.
    """
    fitting = [one for one in found if abs(one.price_minor - old_minor) * FIFTH <= old_minor
               and one.q10 >= old_q10]
    return sorted(fitting, key=lambda one: (
        -one.pair, -one.q10, abs(one.price_minor - old_minor), one.product_id))[:MOST_OFFERED]
