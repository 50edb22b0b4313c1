"""Decisions and formulas of `bundles` on plain values."""

from marketplace.bundles.rules.boards import (
    AUTHORS_HALF,
    BOARDS,
    LEAST_AUTHORS,
    LEAST_ITEMS,
    MOST_ITEMS,
    MOST_SAME,
    NEW_DAYS,
    Board,
    Fit,
    Slot,
    Standing,
    counts_shown,
    fit,
    in_order,
    item_fault,
    missing_slots,
    rank,
    vote_counts,
)
from marketplace.bundles.rules.challenges import (
    ENTRY_DAYS,
    MOST_ENTRIES,
    MOST_VOICES,
    VOTING_DAYS,
    Plan,
    in_turn,
    phase,
    plan_faults,
    ranks,
)
from marketplace.bundles.rules.collages import (
    BOARD,
    COLOURS,
    PUSHES,
    SEASONS,
    Place,
    beside,
    layered,
    pixel,
    place_fault,
    side_of,
    spread,
)
from marketplace.bundles.rules.offers import (
    OPEN_STATES,
    PAIR_AUTHORS,
    SILENCE_DAYS,
    PartNow,
    rest_reason,
    set_prices,
    term_fault,
)
from marketplace.bundles.rules.photos import (
    MOST_PHOTOS,
    PHOTO_LICENCES,
    PhotoWords,
    photo_faults,
    photo_key,
    photo_named,
)
from marketplace.bundles.rules.polls import (
    MOST_ANSWER,
    MOST_HOURS,
    MOST_OPTIONS,
    MOST_QUESTION,
    poll_faults,
    result_shown,
    time_left,
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
    "ALL_RIGHTS", "AUTHORS_HALF", "BOARD", "BOARDS", "COLOURS", "ENTRY_DAYS", "LEAST_AUTHORS",
    "LEAST_ITEMS", "LICENCES", "MOST_ANSWER", "MOST_ENTRIES", "MOST_HOURS", "MOST_ITEMS",
    "MOST_OPTIONS", "MOST_PHOTOS", "MOST_QUESTION", "MOST_SAME", "MOST_STEPS", "MOST_VOICES",
    "NEW_DAYS", "OPEN_STATES", "PAIR_AUTHORS", "PHOTO_LICENCES", "PUSHES", "SEASONS",
    "SILENCE_DAYS", "VOTING_DAYS", "Board", "Difference", "Fit", "PartNow", "PhotoWords", "Piece",
    "Place", "Plan", "Replacement", "Slot", "Standing", "beside", "counts_shown", "difference",
    "fit", "in_order", "in_turn", "item_fault", "layered", "licences_for", "missing_slots",
    "phase", "photo_faults", "photo_key", "photo_named", "pixel", "place_fault", "plan_faults",
    "poll_faults", "rank", "ranks",
    "replacements", "rest_reason", "result_shown", "set_prices", "side_of", "spread", "term_fault",
    "time_left", "too_different", "vote_counts",
]
