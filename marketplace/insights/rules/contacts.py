"""How many first buyers came by a recommendation, and which counts may be shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.foundation.figures import Interval, wilson

LEAST = 5
"""Counts of fewer people are not shown (checkout-32)."""


@dataclass(frozen=True, slots=True)
class Referral:
    """The share of first buyers who say that people they know brought them, of those who answered.

    `answered` is the share of first buyers who answered, 0..1.
    """

    first_buyers: int
    answers: int
    recommended: int
    share: Interval
    answered: float


def referral(first_buyers: int, answers: int, recommended: int) -> Referral:
    """40 first buyers, 25 answers, 12 recommended: .48 (.3003 to .6650), answered .625."""
    return Referral(first_buyers, answers, recommended, wilson(recommended, answers),
                    answers / first_buyers if first_buyers else 0.0)


def shown(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts from five on; None stands for fewer, so that nobody is recognised."""
    return {name: n if n >= LEAST else None for name, n in counts.items()}
