"""What happens to producers."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ProducerOpened(Event):
    """A producer's page is public."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class ProducerChanged(Event):
    """Words or facts of a producer changed."""

    producer_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProducerFollowed(Event):
    """A person follows a producer."""

    person_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class ProducerUnfollowed(Event):
    """A person follows a producer no longer."""

    person_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class SellingBegan(Event):
    """All steps are done and the trader data are checked: goods may be shown."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class TraderHandedIn(Event):
    """Trader data are complete and wait for a person of the operator."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class TraderChecked(Event):
    """A person of the operator compared the trader data with their source."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class TraderSentBack(Event):
    """Trader data could not be checked; the words say why."""

    producer_id: int
    words: str


@dataclass(frozen=True, slots=True)
class TraderStopped(Event):
    """A change of checked data was not ticked in time: nothing is sold any more."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class TaxAsked(Event):
    """Tax facts are still missing; the owner is reminded for the `which`-th time."""

    producer_id: int
    which: int


@dataclass(frozen=True, slots=True)
class StepsOpen(Event):
    """These steps before the first sale are open; its people are reminded for the `which`-th time.
    """

    producer_id: int
    which: int
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OwnerNamed(Event):
    """A person of the operator named another owner of a house whose owners are away."""

    producer_id: int
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class StaffJoined(Event):
    """A person acts for a producer from now on."""

    producer_id: int
    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class StaffLeft(Event):
    """A person acts for a producer no longer."""

    producer_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RegistrationMissing(Event):
    """A producer sends to a country whose packaging number it has not, or not any more."""

    producer_id: int
    country: str


@dataclass(frozen=True, slots=True)
class EvidenceHandedIn(Event):
    """Somebody else's confirmation waits for a person of the operator."""

    producer_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class EvidenceChecked(Event):
    """Evidence was compared with its issuer and shows from now on."""

    producer_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class EvidenceSentBack(Event):
    """Evidence does not fit what its issuer says."""

    producer_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class EvidenceEnding(Event):
    """Evidence ends within thirty days, on the day given as ISO 8601."""

    producer_id: int
    evidence_id: int
    until: str


@dataclass(frozen=True, slots=True)
class EvidenceExpired(Event):
    """Evidence of this kind shows no more."""

    producer_id: int
    evidence_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class PromiseChanged(Event):
    """A promise has another value from now on; None where there was or is none."""

    producer_id: int
    kind: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class ProducerPaused(Event):
    """Days without orders began, moved or ended: what is due is counted anew."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class ProducerEnded(Event):
    """A producer sells no more for good; its page and reviews stay."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class TermsAnnounced(Event):
    """New terms of the marketplace were announced to producers."""

    version: int
    valid_from: str
