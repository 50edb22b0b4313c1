"""What happens to recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class Recommended(Event):
    """A person recommended a thing; `moves`: it is evidence of their taste.

    `ask_id`: the ask it answers.
    """

    recommendation_id: int
    author_id: int
    thing: str
    thing_id: int
    audience: str
    person_id: int | None
    group_id: int | None
    moves: bool = False
    ask_id: int | None = None


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


@dataclass(frozen=True, slots=True)
class AskOpened(Event):
    """A person asks for advice."""

    ask_id: int
    person_id: int
    group_id: int | None


@dataclass(frozen=True, slots=True)
class AskRouted(Event):
    """An ask was put to somebody who rated so many things of its subject."""

    ask_id: int
    person_id: int
    rated: int


@dataclass(frozen=True, slots=True)
class AskPutToProducer(Event):
    """An ask was put to a producer that has what it names."""

    ask_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class AskAnswered(Event):
    """Somebody answered an ask with a recommendation."""

    ask_id: int
    person_id: int
    recommendation_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class AnswerHelped(Event):
    """The asker said that an answer helped."""

    ask_id: int
    recommendation_id: int
    author_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AskUnanswered(Event):
    """Nobody answered an ask in 48 hours."""

    ask_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AskTurned(Event):
    """The asker closed an ask, opened it anew, or took it back.

    `state`: open, closed, withdrawn; `helped`: whether some answer had helped.
    """

    ask_id: int
    person_id: int
    state: str
    helped: bool


@dataclass(frozen=True, slots=True)
class SuggestionsFresh(Event):
    """A person's list was stored anew."""

    person_id: int


@dataclass(frozen=True, slots=True)
class PairingVoted(Event):
    """Somebody said whether a product goes with another one, or with an occasion."""

    pairing_id: int
    product_id: int
    other_id: int | None
    occasion_id: int | None
