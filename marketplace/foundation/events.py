"""Announcing what happened; later rooms react through one table, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from marketplace.foundation.database import in_change


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


def wire(table: Mapping[type[Event], Iterable[Handler]]) -> None:
    """Set what follows what; called once by `create_app` with the table of `reactions.py`."""
    _reactions.clear()
    _reactions.update({kind: tuple(handlers) for kind, handlers in table.items()})


def announce(happened: Event) -> None:
    """Tell every handler of this kind of event, in table order, inside the open change."""
    if not in_change():
        raise RuntimeError(f"{type(happened).__name__} announced outside committing()")
    for handler in _reactions.get(type(happened), ()):
        handler(happened)


def reactions() -> Mapping[type[Event], tuple[Handler, ...]]:
    """The table in force, for `flask rooms` and tests."""
    return dict(_reactions)
