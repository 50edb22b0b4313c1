"""How a pick is made, and how long a list may be."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_VOTERS, VOTES_A_MONTH, MOST_LIST = 3, 3, 100


def picks_of(votes: Mapping[int, int]) -> list[int]:
    """Products with the most votes, at least three voters each; ties give several picks."""
    enough = {product: n for product, n in votes.items() if n >= LEAST_VOTERS}
    most = max(enough.values(), default=0)
    return sorted(product for product, n in enough.items() if n == most)
