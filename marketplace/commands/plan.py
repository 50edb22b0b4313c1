"""The plan of the house, read from the code: what each room has and reacts to."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask

from marketplace import ROOMS
from marketplace.foundation.database import db
from marketplace.foundation.events import Event
from marketplace.foundation.jobs import kinds
from marketplace.reactions import REACTIONS


def described(app: Flask) -> Iterator[str]:
    """Lines naming each room's purpose, tables, routes, events with who reacts, and jobs."""
    for room in ROOMS:
        home = f"marketplace.{room}"
        yield f"{room}: {purpose(room)}"
        for title, found in (("tables", tables(home)), ("routes", routes(app, home)),
                             ("jobs", jobs(home))):
            if found:
                yield f"  {title}: {', '.join(found)}"
        for event in events(home):
            names = ", ".join(f"{within_room(f)}.{f.__name__}" for f in REACTIONS.get(event, ()))
            yield f"  event {event.__name__} -> {names or 'nobody'}"


def purpose(room: str) -> str:
    """The first sentence of a room's own description."""
    return (import_module(f"marketplace.{room}").__doc__ or "").strip().split("\n")[0]


def within(thing: object, home: str) -> bool:
    """Whether a function or class belongs to a room."""
    module = getattr(thing, "__module__", "")
    return bool(module == home or module.startswith(home + "."))


def within_room(thing: object) -> str:
    """The room a function stands in."""
    return str(getattr(thing, "__module__", "..")).split(".")[1]


def tables(home: str) -> Sequence[str]:
    """The tables whose models stand in a room."""
    rows: Any = db.Model
    return sorted(str(m.local_table) for m in rows.registry.mappers if within(m.class_, home))


def routes(app: Flask, home: str) -> Sequence[str]:
    """The addresses answered by a room's views, with their methods."""
    return sorted({
        f"{'/'.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if within(inspect.unwrap(app.view_functions[rule.endpoint]), home)})


def jobs(home: str) -> Sequence[str]:
    """The background work a room declares."""
    return sorted(name for name, kind in kinds().items() if within(kind.run, home))


def events(home: str) -> Sequence[type[Event]]:
    """The events a room announces."""
    if find_spec(f"{home}.events") is None:
        return []
    module = import_module(f"{home}.events")
    return [made for _, made in inspect.getmembers(module, inspect.isclass)
            if issubclass(made, Event) and made is not Event and within(made, home)]
