"""What happens to bundles."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class BundlePublished(Event):
    """A bundle can be seen by its audience."""

    bundle_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class BundleChanged(Event):
    """Something of a published bundle is different."""

    bundle_id: int
    version: int


@dataclass(frozen=True, slots=True)
class BundleWithdrawn(Event):
    """A bundle that others saw is a draft again."""

    bundle_id: int


@dataclass(frozen=True, slots=True)
class BundleRemixed(Event):
    """A variant of somebody's bundle is shown to others."""

    bundle_id: int
    parent_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class BundleVoted(Event):
    """Somebody raised or took back a voice."""

    bundle_id: int
    person_id: int
    value: int


@dataclass(frozen=True, slots=True)
class BundleSaved(Event):
    """Somebody keeps a bundle."""

    bundle_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class BundleAdded(Event):
    """A whole bundle went into a basket."""

    bundle_id: int
    person_id: int | None
    product_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PollOpened(Event):
    """A member asks others before they decide."""

    poll_id: int
    author_id: int
    audience: str
    group_id: int | None


@dataclass(frozen=True, slots=True)
class PollEnded(Event):
    """A poll takes no voices any more; its result shows."""

    poll_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class ChallengeOpened(Event):
    """Somebody calls for bundles on a theme."""

    challenge_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ChallengeEnded(Event):
    """Authors and counts of a challenge show."""

    challenge_id: int


@dataclass(frozen=True, slots=True)
class OfferAsked(Event):
    """A producer would like to offer a bundle at the price of a set."""

    offer_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class OfferAgreed(Event):
    """Author and producers agreed; the price of the set runs."""

    offer_id: int
    bundle_id: int


@dataclass(frozen=True, slots=True)
class OfferPaused(Event):
    """The price of a set rests for a reason, or runs again without one."""

    offer_id: int
    bundle_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class OfferEnded(Event):
    """Somebody declined, nobody answered, or a party ended it."""

    offer_id: int
    bundle_id: int
    state: str
