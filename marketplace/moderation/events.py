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


@dataclass(frozen=True, slots=True)
class AppealFiled(Event):
    """Somebody concerned appealed against a decision."""

    appeal_id: int
    decision_id: int
    matter_id: int


@dataclass(frozen=True, slots=True)
class ExclusionAppealed(Event):
    """Somebody who is kept out of a group appealed."""

    appeal_id: int


@dataclass(frozen=True, slots=True)
class ExclusionJudged(Event):
    """A moderator of the market decided about an exclusion; `back`: the person belongs again."""

    appeal_id: int
    changed: bool
    back: bool


@dataclass(frozen=True, slots=True)
class AppealDecided(Event):
    """Another person decided the appeals against a decision.

    `measure` and `reason` are what holds from now on, `first_*` what held before.
    """

    decision_id: int
    matter_id: int
    author_id: int | None
    changed: bool
    first_measure: str
    first_reason: str
    measure: str
    reason: str
    object_kind: str
    object_id: int
