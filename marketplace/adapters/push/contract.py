"""What every push door does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

LASTS_SECONDS = 6 * 3600
"""How long a push service keeps a message for a browser that is not there."""


@dataclass(frozen=True, slots=True)
class PushTarget:
    """One browser: the address at its push service, and the keys only it can read with."""

    endpoint: str
    p256dh: str
    auth: str


class PushGone(Exception):
    """The browser takes no messages any more."""


class PushRefused(Exception):
    """The push service does not want this message; the same again is useless."""


class PushDoor(Protocol):
    """Hands short messages to push services. Raises OutsideDown where it may work later."""

    public_key: str

    def send(self, to: PushTarget, message: bytes) -> None:
        """Hand over one message, which only the browser can read. Raises PushGone, PushRefused."""
