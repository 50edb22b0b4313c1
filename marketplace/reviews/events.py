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
class TasteShown(Event):
    """A member would buy it again, or would not: in the transaction of the answer itself."""

    person_id: int
    product_id: int
    again: bool


@dataclass(frozen=True, slots=True)
class ReplyPublished(Event):
    """A producer answered a rating in public."""

    reply_id: int
    rating_id: int
    producer_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class ChangeTold(Event):
    """A producer said in public what it changed because of a buyer's words."""

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
class ImportedWordsChanged(Event):
    """Whether the words of a rating from elsewhere show changed by a decision."""

    imported_id: int
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
    consent_id: int | None = None


@dataclass(frozen=True, slots=True)
class RatingWithdrawn(Event):
    """An author took an answer back; a stub stays."""

    rating_id: int
    person_id: int | None
    product_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class StandingChanged(Event):
    """Whether an answer counts changed, and why; its author gets the reasons."""

    rating_id: int
    person_id: int | None
    product_id: int
    standing: str
    reason: str


@dataclass(frozen=True, slots=True)
class RatingFlagged(Event):
    """Signs at an answer reached the points from which a person looks at it."""

    rating_id: int
    person_id: int | None
    points: int
    kinds: str


@dataclass(frozen=True, slots=True)
class HelpedMilestone(Event):
    """So many people found somebody's words helpful: 1, 7, 25 or 100."""

    rating_id: int
    person_id: int
    product_id: int
    people: int


@dataclass(frozen=True, slots=True)
class LotDrift(Event):
    """A lot is provably better or worse than the one before."""

    product_id: int
    producer_id: int
    lot_id: int
    direction: str


@dataclass(frozen=True, slots=True)
class TapGiven(Event):
    """A member likes the look of a product, or not, or took that back (None)."""

    product_id: int
    person_id: int
    up: bool | None


@dataclass(frozen=True, slots=True)
class OccasionsChanged(Event):
    """A buyer says anew what they used it for, and nothing else."""

    rating_id: int
    product_id: int


@dataclass(frozen=True, slots=True)
class LinkFound(Event):
    """Words of a buyer link to a shop without a declared relation."""

    rating_id: int
    person_id: int | None
    product_id: int
