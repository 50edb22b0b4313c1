"""What happens in groups."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class GroupFounded(Event):
    """A community began."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """Somebody belongs now."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    """Somebody belongs no longer."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class JoinAsked(Event):
    """Somebody asks to enter a closed group."""

    group_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class JoinDecided(Event):
    """A moderator answered a request."""

    group_id: int
    person_id: int
    yes: bool


@dataclass(frozen=True, slots=True)
class PickVoted(Event):
    """A member gave one of three votes of the month."""

    group_id: int
    person_id: int
    product_id: int


@dataclass(frozen=True, slots=True)
class ListItemAdded(Event):
    """A product stands on a shared list, with a reason."""

    group_id: int
    product_id: int
    person_id: int
