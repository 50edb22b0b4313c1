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
