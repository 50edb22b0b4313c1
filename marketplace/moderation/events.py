"""What happens in moderation."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ReportFiled(Event):
    """Somebody reported something."""

    report_id: int
    matter_id: int


@dataclass(frozen=True, slots=True)
class DecisionTaken(Event):
    """A person decided a matter."""

    decision_id: int
    matter_id: int
    author_id: int | None
    measure: str
    reason: str
    object_kind: str
    object_id: int


@dataclass(frozen=True, slots=True)
class AuthorAsked(Event):
    """The author of a text is asked for an answer to a complaint."""

    matter_id: int
    number: str
    author_id: int | None
