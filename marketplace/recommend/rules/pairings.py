"""When a pairing counts: shown on the product's page, used as a filter."""

from __future__ import annotations

A_DAY = 20
"""Pairings that one person may propose within 24 hours."""
MORE_YES = 2


def is_shown(up: int, down: int) -> bool:
    """Tell whether the product's page names it: more say yes than no."""
    return up > down


def holds(up: int, down: int) -> bool:
    """Tell whether search and filters use it: at least two more say yes than no.

    So nobody puts a product into a filter alone.
    """
    return up - down >= MORE_YES


def pair(one: int, other: int) -> tuple[int, int]:
    """Put two goods in the order in which a pair is kept."""
    return (one, other) if one < other else (other, one)
