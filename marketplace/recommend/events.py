"""What happens to recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class Recommended(Event):
    """A person recommended a thing; `moves`: it is evidence of their taste."""

    recommendation_id: int
    author_id: int
    thing: str
    thing_id: int
    audience: str
    person_id: int | None
    group_id: int | None
    moves: bool = False


@dataclass(frozen=True, slots=True)
class RecommendationWithdrawn(Event):
    """A person took a recommendation back."""

    recommendation_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class RecommendationChanged(Event):
    """A person gave a recommendation other words."""

    recommendation_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class Thanked(Event):
    """An addressee said thanks."""

    recommendation_id: int
    author_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PurchaseTold(Event):
    """An addressee told the author that they bought it."""

    recommendation_id: int
    author_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Event):
    """A person said something to a suggestion."""

    person_id: int
    product_id: int
    kind: str
