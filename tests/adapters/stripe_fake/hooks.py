"""Signed messages to the site: at once, or lost, doubled, late and in any order."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import stripe

Thing = dict[str, Any]


@dataclass
class Hooks:
    """Where messages go; without `url` they only wait in `waiting`.

    `lose` and `double` are shares of messages, `mix` sends what waits in any order.
    """

    secret: str
    url: str = ""
    lose: float = 0.0
    double: float = 0.0
    mix: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    waiting: Queue[Thing] = field(default_factory=Queue)
    answers: list[int] = field(default_factory=list)
    _stop: Event = field(default_factory=Event)

    def told(self, event: Thing) -> None:
        """A new event waits to be sent."""
        self.waiting.put(event)

    def signed(self, event: Thing, secret: str = "", at: int | None = None) -> tuple[bytes, str]:
        """The body and signature as they go out."""
        body = json.dumps(event)
        stamp = {} if at is None else {"timestamp": at}
        header = stripe.WebhookSignature.generate_signature_header(
            body, secret or self.secret, **stamp)
        return body.encode(), header

    def send(self, event: Thing) -> int:
        """Deliver one message; the site's answer, 0 where it gave none."""
        body, header = self.signed(event)
        asked = Request(self.url, body, {"Content-Type": "application/json",
                                         "Stripe-Signature": header})
        try:
            with urlopen(asked, timeout=10) as answer:
                status = int(answer.status)
        except URLError as fault:
            status = int(getattr(fault, "code", 0) or 0)
        except OSError:
            status = 0
        self.answers.append(status)
        return status

    def send_waiting(self) -> int:
        """Deliver what waits by the plan; how many were sent. Refused ones wait again."""
        batch = []
        while True:
            try:
                batch.append(self.waiting.get_nowait())
            except Empty:
                break
        planned = [event for event in batch if self.chance.random() >= self.lose]
        planned += [event for event in planned if self.chance.random() < self.double]
        if self.mix:
            self.chance.shuffle(planned)
        for event in planned:
            if 200 <= self.send(event) < 300:
                event["pending_webhooks"] = 0
            else:
                self.waiting.put(event)
        return len(planned)

    def start(self, every: float = 0.05) -> None:
        """Deliver in the background until `stop`."""
        def run() -> None:
            while not self._stop.wait(every):
                self.send_waiting()
        Thread(target=run, daemon=True).start()

    def stop(self) -> None:
        """End the background delivery."""
        self._stop.set()
