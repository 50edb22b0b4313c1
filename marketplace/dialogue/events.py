"""What is said."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ThreadOpened(Event):
    """Somebody began to talk."""

    thread_id: int
    person_id: int | None
    kind: str
    producer_id: int | None
    group_id: int | None
    bundle_id: int | None


@dataclass(frozen=True, slots=True)
class PostPublished(Event):
    """Somebody said something in a thread."""

    post_id: int
    thread_id: int
    person_id: int | None
    role: str


@dataclass(frozen=True, slots=True)
class AnswerGiven(Event):
    """Staff answered for the first time."""

    thread_id: int
    producer_id: int
    asker_id: int | None


@dataclass(frozen=True, slots=True)
class OutcomeSet(Event):
    """The asker said how it ended."""

    thread_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """Something critical waits for a producer."""

    case_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class Snoozed(Event):
    """Somebody hears nothing of a "producer" or "thread" until a moment (ISO 8601)."""

    person_id: int
    thing: str
    thing_id: int
    until: str


@dataclass(frozen=True, slots=True)
class VoicesWait(Event):
    """So many voices wait for an answer; staff who chose it get a letter."""

    producer_id: int
    waiting: int
    overdue: int


@dataclass(frozen=True, slots=True)
class NewsTold(Event):
    """A producer told something: news, an offer, a correction, a recall ..., about some goods or
    one lot of them.
    """

    thread_id: int
    producer_id: int
    matter: str
    product_id: int | None
    lot_id: int | None = None


@dataclass(frozen=True, slots=True)
class TalkCared(Event):
    """A moderator of a group did something with its talk, or took it back."""

    act_id: int
    thread_id: int
    by_id: int
    author_id: int | None
    act: str
    reason: str
    ended: bool
