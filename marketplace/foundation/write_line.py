"""Writers of one SQLite file stand in a line, instead of asking again and again.

SQLite itself lets a writer who finds the file taken sleep for longer and longer, so that who came
last often goes first, and who came first waits for a second although a change takes milliseconds.
The line is only for order: the lock that keeps data whole is still SQLite's own.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from marketplace.foundation.errors import OutsideDown

BUSY = "The database is busy. Please try again in a moment."
LONGEST_SECONDS = 20.0
ASK_AGAIN_SECONDS = 0.001
COURTESY_SECONDS = 0.0015
"""How long a thread that follows another of its process leaves the file to other processes."""


class Line:
    """Threads of this process, first come first served; then the processes of this machine."""

    def __init__(self, path: str) -> None:
        self._path, self._guard = path, threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._busy = False
        self._door: tuple[int, int] | None = None

    def enter(self, longest: float = LONGEST_SECONDS) -> None:
        """Wait for one's turn. Raises TimeoutError."""
        until = time.monotonic() + longest
        waited = self._take_turn(longest)
        try:
            if waited:
                time.sleep(COURTESY_SECONDS)
            self._take_door(until)
        except BaseException:
            self._next()
            raise

    def leave(self) -> None:
        """Let the next one in."""
        if self._door is not None:
            fcntl.flock(self._door[1], fcntl.LOCK_UN)
        self._next()

    def _take_turn(self, longest: float) -> bool:
        """Whether others of this process were before."""
        own = threading.Lock()
        with self._guard:
            if not self._busy:
                self._busy = True
                return False
            own.acquire()
            self._waiting.append(own)
        if own.acquire(timeout=longest):
            return True
        with self._guard:
            if own not in self._waiting:
                return True
            self._waiting.remove(own)
        raise TimeoutError

    def _next(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False

    def _take_door(self, until: float) -> None:
        """Wait for the other processes; a forked process opens the file for itself."""
        if self._door is None or self._door[0] != os.getpid():
            self._door = os.getpid(), os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        while True:
            try:
                fcntl.flock(self._door[1], fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise TimeoutError from None
                time.sleep(ASK_AGAIN_SECONDS)


@cache
def line_of(path: str) -> Line:
    """The line before a file, one for each process."""
    return Line(path)


@contextmanager
def in_line(database: str | None) -> Iterator[None]:
    """Stand in the line before a SQLite file until the body is done; none for other engines.

    Raises OutsideDown where the turn does not come.
    """
    if not database or database == ":memory:":
        yield
        return
    line = line_of(f"{database}-line")
    try:
        line.enter()
    except TimeoutError as fault:
        raise OutsideDown(BUSY) from fault
    try:
        yield
    finally:
        line.leave()
