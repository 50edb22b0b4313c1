"""Decisions and formulas of `bundles` on plain values."""

from marketplace.bundles.rules.boards import (
    AUTHORS_HALF,
    BOARDS,
    LEAST_AUTHORS,
    LEAST_ITEMS,
    MOST_ITEMS,
    MOST_SAME,
    Board,
    Fit,
    Slot,
    counts_shown,
    fit,
    item_fault,
    missing_slots,
    rank,
)
from marketplace.bundles.rules.replacing import Replacement, replacements
from marketplace.bundles.rules.variants import (
    ALL_RIGHTS,
    LICENCES,
    MOST_STEPS,
    Difference,
    Piece,
    difference,
    licences_for,
    too_different,
)

__all__ = [
    "ALL_RIGHTS", "AUTHORS_HALF", "BOARDS", "LEAST_AUTHORS", "LEAST_ITEMS", "LICENCES",
    "MOST_ITEMS", "MOST_SAME", "MOST_STEPS", "Board", "Difference", "Fit", "Piece",
    "Replacement", "Slot", "counts_shown", "difference", "fit", "item_fault", "licences_for",
    "missing_slots", "rank", "replacements", "too_different",
]
