"""How long a list may take before stored ones serve instead."""

from __future__ import annotations

import time
from collections.abc import Callable


class TooSlow(RuntimeError):
    """The time that a list may take is over."""


class Patience:
    """A span of seconds from now on; `ticks` gives the present moment in seconds."""

    def __init__(self, seconds: float, ticks: Callable[[], float] = time.perf_counter) -> None:
        self._ticks = ticks
        self._until = ticks() + seconds

    def left(self) -> float:
        """Say how many seconds are left, at least 0."""
        return max(self._until - self._ticks(), 0.0)

    def check(self) -> None:
        """Go on only while there is time. Raises TooSlow."""
        if self._ticks() >= self._until:
            raise TooSlow
