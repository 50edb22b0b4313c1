"""Push without a push service: what was handed over is kept to be read."""

from __future__ import annotations

from marketplace.adapters.push.contract import PushGone, PushRefused, PushTarget
from marketplace.foundation.database import outside_only


class PretendPush:
    """Keeps messages by endpoint; endpoints in `gone` and `refused` answer as such."""

    def __init__(self) -> None:
        self.public_key = "pretend"
        self.sent: list[tuple[str, bytes]] = []
        self.gone: set[str] = set()
        self.refused: set[str] = set()

    def send(self, to: PushTarget, message: bytes) -> None:
        """Keep one message. Raises PushGone, PushRefused."""
        outside_only("push")
        if to.endpoint in self.gone:
            raise PushGone
        if to.endpoint in self.refused:
            raise PushRefused
        self.sent.append((to.endpoint, message))
