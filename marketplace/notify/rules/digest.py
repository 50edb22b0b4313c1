"""What stands in a digest. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Entry = TypeVar("Entry")
MOST, LEAST = 12, 3
ORDER = ("answers", "people", "groups", "recommendations", "producers")
"""What comes first; within, the newest first."""


def counts(others: int, commercial: int) -> tuple[int, int]:
    """How many entries of both kinds are printed: at most twelve, commercial ones at most one in
    five. c = the largest number with 5c <= others + c.
    """
    paid = min(commercial, others // 4, MOST // 5)
    return min(others, MOST - paid), paid


def chosen(others: Sequence[Entry], commercial: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries that are printed, both in their order; nothing where fewer than three."""
    first, second = counts(len(others), len(commercial))
    if first + second < LEAST:
        return [], []
    return list(others[:first]), list(commercial[:second])
