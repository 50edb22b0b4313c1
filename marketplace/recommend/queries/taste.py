"""A person's list out of raw signals, follows and verdicts, with every summand named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """A member who speaks for a product: weight in the score, agreement with the viewer."""

    person_id: int | None
    weight: float
    same: int
    common: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A product with its score and the parts it is made of; parts sum to the score."""

    product_id: int
    score: float
    taste_share: float
    trust_share: float
    pop_share: float
    from_ties: bool
    k: int
    n: int
    peers: Sequence[Peer]


def reckon(person_id: int, people_only: bool = False, everything: bool = False
           ) -> Sequence[Reckoned]:
    """A person's full list, best first."""
    return []


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many of their common products two people gave the same answer."""

    same: int
    common: int


def agreement(one: int, other: int) -> Agreement | None:
    """How two people agree, if both consented to be compared."""
    return None


def parameters() -> dict[str, float]:
    """The parameters of the community score in force, for `/ranking`."""
    return {}
