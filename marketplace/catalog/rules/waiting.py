"""Who of those who wait is told, and when stock is low. Pure."""

from __future__ import annotations

from datetime import timedelta

PER_PIECE = 3
"""So many people are told for each piece that is there."""
REST_AFTER = timedelta(hours=24)
MOST_WATCHES = 200
"""Of one person."""
WEEKS_SEEN, WEEKS_AHEAD = 4, 2


def may_hear(available: int, made_to_order: bool) -> int | None:
    """How many people may be told at once; None for all."""
    return None if made_to_order else max(0, available) * PER_PIECE


def fits_size(size: str, label: str) -> bool:
    """Whether a variant's label has the wished size as a word of its own; "" fits all."""
    return not size or size.casefold() in label.casefold().replace(",", " ").split()


def low_from(chosen: int | None, sold_in_four_weeks: int) -> int:
    """From which stock on the producer is warned: as chosen, else what two weeks used to take.

    Chosen 0 and nothing sold give 0: no warning before it is sold out.
    """
    if chosen is not None:
        return chosen
    return -(-sold_in_four_weeks * WEEKS_AHEAD // WEEKS_SEEN)
