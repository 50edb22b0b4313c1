"""What follows what: the one table through which later rooms react to earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marketplace.foundation.events import Event

Handlers = tuple[Callable[..., None], ...]

REACTIONS: Mapping[type[Event], Handlers] = {}
