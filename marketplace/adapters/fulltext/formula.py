"""What all engines compute alike."""

from __future__ import annotations

import math


def rarity(total: int, count: int) -> float:
    """How much a word tells that stands in so many of all documents (BM25)."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
