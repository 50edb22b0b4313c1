"""Announcing what happened; later rooms react through one table, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from marketplace.foundation.database import committing, in_change
from marketplace.foundation.jobs import ended_here, enqueue, job


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: ids and plain values, past tense."""


@dataclass(frozen=True, slots=True)
class OperatorActed(Event):
    """Staff of the platform did something to what is another's; `why` is their written reason."""

    person_id: int
    what: str
    object_kind: str
    object_id: int
    why: str


Handler = Callable[..., None]
_reactions: dict[type[Event], tuple[Handler, ...]] = {}
FIRST = 8
"""What follows an act is told before other work is done."""


def wire(table: Mapping[type[Event], Iterable[Handler]]) -> None:
    """Set what follows what; called once by `create_app` with the table of
    `marketplace/reactions`.
    """
    _reactions.clear()
    _reactions.update({kind: tuple(handlers) for kind, handlers in table.items()})


def announce(happened: Event) -> None:
    """Tell every handler of this kind of event, in table order, inside the open change."""
    if not in_change():
        raise RuntimeError(f"{type(happened).__name__} announced outside committing()")
    _each(_reactions.get(type(happened), ()), happened)


@dataclass(frozen=True, slots=True)
class Later:
    """Handlers whose work can wait until the change is made: a job runs them in one of its own."""

    handlers: tuple[Handler, ...]

    def __call__(self, happened: Event) -> None:
        """Write the job, with the event's ids and plain values."""
        enqueue("foundation.react", priority=FIRST, event=type(happened).__name__,
                facts=asdict(happened))


def later(*handlers: Handler) -> tuple[Handler, ...]:
    """These handlers after the change, together and exactly once, in this order."""
    return (Later(handlers),)


@job("foundation.react")
def react(event: str, facts: dict[str, Any]) -> None:
    """What follows an event by `later`; whole or not at all, and once if the job comes twice."""
    for kind, handlers in _reactions.items():
        if kind.__name__ == event:
            with committing():
                if ended_here():
                    for handler in handlers:
                        if isinstance(handler, Later):
                            _each(handler.handlers, kind(**facts))


def _each(handlers: Iterable[Handler], happened: Event) -> None:
    for handler in handlers:
        handler(happened)


def reactions() -> Mapping[type[Event], tuple[Handler, ...]]:
    """The table in force, for `flask rooms` and tests."""
    return dict(_reactions)
