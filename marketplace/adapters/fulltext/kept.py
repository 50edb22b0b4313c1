"""What was decoded or computed once and may be asked for again, within a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """Things by key; the least recently used go first where their sizes exceed the bound."""

    def __init__(self, limit: int, size: Callable[[Thing], int]) -> None:
        self.limit = limit
        self.held = 0
        self._size = size
        self._things: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, made: Callable[[], Thing]) -> Thing:
        """Give the thing of a key, made once while it is in use."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
                return found[0]
        thing = made()
        with self._lock:
            if key not in self._things:
                size = self._size(thing)
                self._things[key] = thing, size
                self.held += size
            while self.held > self.limit and len(self._things) > 1:
                _, (_, old) = self._things.popitem(last=False)
                self.held -= old
        return thing
