"""Whom a personal recommendation may reach, and which one moves suggestions."""

from __future__ import annotations

LEAST_TRUST_LEVEL = 1
A_DAY = 5


def accepted(accepts: str, addressee_follows: bool, author_follows: bool, blocked: bool) -> bool:
    """Tell whether somebody takes a recommendation of an author; a block is as taking none.

    accepts: "members", "followed" (people the addressee follows), "mutuals", "nobody".
    """
    if blocked or accepts == "nobody":
        return False
    if accepts == "members":
        return True
    return addressee_follows and (accepts == "followed" or author_follows)


def moves_suggestions(bought: bool, relation: str | None, benefit: str | None) -> bool:
    """Tell whether a recommendation is evidence of taste: own purchase, no tie, no benefit."""
    return bought and not relation and not benefit
