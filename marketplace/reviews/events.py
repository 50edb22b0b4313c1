"""What happens to answers and words of buyers."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class RatingGiven(Event):
    """A buyer answered, for the first time or anew (`before` is the former answer)."""

    rating_id: int
    person_id: int | None
    product_id: int
    producer_id: int
    again: bool
    delight: str | None
    before: bool | None


@dataclass(frozen=True, slots=True)
class ReplyPublished(Event):
    """A producer answered a rating in public."""

    reply_id: int
    rating_id: int
    producer_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class HelpfulVoted(Event):
    """Somebody found a review helpful or not."""

    rating_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class WordsStandingChanged(Event):
    """Whether words show changed by a decision; the answer counts as before."""

    rating_id: int
    product_id: int
    standing: str


@dataclass(frozen=True, slots=True)
class RatingsImported(Event):
    """Ratings from elsewhere came in, apart from every score."""

    source: str
    count: int


@dataclass(frozen=True, slots=True)
class InvitationDue(Event):
    """A buyer may be asked about a line now."""

    order_line_id: int
    person_id: int
    product_id: int
