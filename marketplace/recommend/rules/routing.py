"""To which producers and groups a wish is put. Pure. Source: spec dialogue, routing of wishes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

WEIGHTS = {"category": 3, "attribute": 2, "occasion": 1}
"""What it counts that something a wish names is there."""
ANSWERED = 2
"""What it counts at most that a producer answers what it is asked."""
UNKNOWN = .5
"""The share of answers of whom nothing is known yet."""
LEAST = 3
MOST_PRODUCERS, MOST_WRONG = 3, 5


def score(kinds: Collection[str], answered: float | None) -> float:
    """How well a wish fits: the kinds of chips that are there, and the share of answers, 0 to 1."""
    return sum(WEIGHTS[kind] for kind in kinds) + ANSWERED * (
        UNKNOWN if answered is None else answered)


def best(scores: Mapping[int, float], most: int, taken: Collection[int] = ()) -> list[int]:
    """Who is asked: from score 3 on, the best first, equal ones by number; `taken` were already."""
    good = [one for one, value in scores.items() if value >= LEAST and one not in taken]
    return sorted(good, key=lambda one: (-scores[one], one))[:max(most, 0)]
