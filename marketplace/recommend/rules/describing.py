"""The figures by which suggestions are made, as they are in force, for the page that explains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from marketplace.recommend.rules.arrangement import IN_A_ROW_OF, OF_ONE_PRODUCER
from marketplace.recommend.rules.follows import FOLLOW, SECOND_HAND, TRUST
from marketplace.recommend.rules.reasons import VERDICT_FROM
from marketplace.recommend.rules.shelf import VERDICT_BOUNDS
from marketplace.recommend.rules.signals import LEAST_IMPORTED, LIKED_FROM, LIKING_POWER, VALUES
from marketplace.recommend.rules.suggestion import STANDARD, Settings
from marketplace.reviews.rules.score import newcomer_positions

STEPS: Mapping[str, tuple[str, ...]] = {
    "comparing": ("peers", "norm", "overlap", "ties", "damping", "steps"),
    "adding": ("spread", "spread_ratings", "rare", "trust_ratings", "verdict_ratings",
               "follows_half", "vote"),
}
"""Which parameter of the score belongs to which step."""


def describe(
    settings: Settings = STANDARD, newcomer_share: float = 1 / 7
) -> dict[str, dict[str, float]]:
    """Give the figures in force by name, in the order of the steps in which they are used.

    Steps: signals (what an act says), comparing (of people), adding (of what they say), listing.
    """
    known = asdict(settings)
    places = newcomer_positions(24, newcomer_share)
    return {
        "signals": {**{f"act_{act}": value for act, value in VALUES.items()},
                    "least_imported": LEAST_IMPORTED, "liked_from": LIKED_FROM},
        "comparing": {name: known[name] for name in STEPS["comparing"]},
        "adding": {"liking_power": LIKING_POWER, "follow": FOLLOW, "trust": TRUST,
                   "second_hand": SECOND_HAND, **{name: known[name] for name in STEPS["adding"]}},
        "listing": {"verdict_least": VERDICT_BOUNDS[0], "verdict_most": VERDICT_BOUNDS[1],
                    "of_one_producer": OF_ONE_PRODUCER, "in_a_row_of": IN_A_ROW_OF,
                    "newcomer_first": places[0], "newcomer_every": places[1] - places[0],
                    "verdict_from": VERDICT_FROM},
    }
