"""Decisions of `groups`, without database and Flask."""

from marketplace.groups.rules.choosing import (
    LEAST_VOTERS,
    MOST_LIST,
    VOTES_A_MONTH,
    picks_of,
)
from marketplace.groups.rules.founding import (
    FOUNDED_A_MONTH,
    LEVEL_TO_FOUND,
    PATTERN,
    why_not_found,
)
from marketplace.groups.rules.rights import (
    ACTIONS,
    CARE,
    KINDS,
    PARTS,
    how_to_enter,
    may,
    may_care,
    may_know,
    may_read,
    may_write,
    part_of,
)

__all__ = [
    "ACTIONS", "CARE", "FOUNDED_A_MONTH", "KINDS", "LEAST_VOTERS", "LEVEL_TO_FOUND", "MOST_LIST",
    "PARTS", "PATTERN", "VOTES_A_MONTH", "how_to_enter", "may", "may_care", "may_know", "may_read",
    "may_write", "part_of", "picks_of", "why_not_found",
]
