"""What became of letters."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class LetterSent(Event):
    """A letter left."""

    class_: str


@dataclass(frozen=True, slots=True)
class LetterSkipped(Event):
    """A letter did not leave, and why."""

    class_: str
    why: str


@dataclass(frozen=True, slots=True)
class ClassStopped(Event):
    """Somebody wants a class by mail no longer; a guest has no id."""

    class_: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class ClassPaused(Event):
    """A class annoys and rests for all."""

    class_: str


@dataclass(frozen=True, slots=True)
class AddressFailing(Event):
    """Letters to somebody come back, or they were called a nuisance: cause "bounce" or
    "complaint".
    """

    person_id: int
    cause: str
