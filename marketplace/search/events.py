"""What `search` announces."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class SearchMissed(Event):
    """At least five people searched for words within thirty days and found nothing."""

    words: str
    people: int


@dataclass(frozen=True, slots=True)
class SearchAnswered(Event):
    """There is something now for what somebody waited for."""

    person_id: int
    words: str


@dataclass(frozen=True, slots=True)
class IndexFaulty(Event):
    """The index was missing, damaged or older than the database, and is made anew."""

    cause: str
