"""Facts that move slowly, kept in the process for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import current_app

SECONDS = 60
MOST = 20_000
Value = TypeVar("Value")


def kept(key: Hashable, load: Callable[[], Value], seconds: float = SECONDS) -> Value:
    """The value of this key in this app, loaded when it is missing or older than `seconds`."""
    held: dict[Hashable, tuple[float, Value]] = current_app.extensions.setdefault("kept", {})
    found = held.get(key)
    if found is None or found[0] < time.monotonic():
        if len(held) >= MOST:
            held.clear()
        found = held[key] = (time.monotonic() + seconds, load())
    return found[1]


def forget_one(key: Hashable) -> None:
    """Load the value of this key anew at the next look."""
    current_app.extensions.get("kept", {}).pop(key, None)


def forget() -> None:
    """Load everything anew at the next look."""
    current_app.extensions.pop("kept", None)
