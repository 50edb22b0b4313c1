"""How many signed messages of the payment service are kept in a second, and that none is lost.

    python -m bench.hooks [--engine postgresql] [--events 1000] [--connections 8]

Every tenth message comes twice. Afterwards each stands in the inbox once and a job has applied it.
The floor page is asked in the same run, so that figures of machines can be compared.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence

from bench.own_market import ENGINES, outside, own_market
from bench.pages import Asked, server
from bench.placing import press

SECRET_OF_HOOKS = "whsec_measurement"
SETTINGS = {"ZURUF_PAYMENT": "bank_transfer,stripe", "ZURUF_STRIPE_KEY": "sk_test_x",
            "ZURUF_STRIPE_HOOKS": SECRET_OF_HOOKS, "ZURUF_STRIPE_MODE": "test",
            "ZURUF_STRIPE_API": "http://127.0.0.1:9", "ZURUF_DEMO": "off"}
WARM = 16


def messages(count: int, first: int = 0) -> list[Asked]:
    """Pages that are over, of orders nobody knows here, signed as the service signs."""
    import stripe

    found = []
    for n in range(first, first + count):
        body = json.dumps({
            "id": f"evt_{n:08}", "object": "event", "type": "checkout.session.expired",
            "api_version": stripe.api_version, "created": int(time.time()), "livemode": False,
            "data": {"object": {
                "id": f"cs_test_{n:08}", "object": "checkout.session", "amount_total": 5400,
                "currency": "eur", "payment_status": "unpaid", "status": "expired",
                "metadata": {"site": "http://127.0.0.1:8000", "order": "K7M3Q9TB",
                             "attempt": "1"}}}})
        sign = stripe.WebhookSignature.generate_signature_header(body, SECRET_OF_HOOKS)
        found.append(Asked(("/hooks/stripe",), form=body, head={
            "Content-Type": "application/json", "Stripe-Signature": sign}))
    return found


def run(engine: str, events: int, connections: int) -> int:
    """Send, count, apply, count again; 1 where a message is missing, doubled or not applied."""
    from marketplace.foundation.database import db
    from marketplace.foundation.jobs import run_due

    with own_market(engine, **SETTINGS) as app:
        run_due()
        db.session.remove()
        with server(0, outside(app, **SETTINGS, ZURUF_JOBS="worker")):
            press(messages(WARM, 10**7), connections)
            press([Asked(("/floor",))] * WARM, connections)
            floor = _rate([Asked(("/floor",))] * events, connections)
            once = messages(events)
            rate = _rate([*once, *once[::10]], connections)
        kept = _count("SELECT count(*) FROM payment_notices")
        begun = time.perf_counter()
        run_due()
        applied = _count("SELECT count(*) FROM payment_notices WHERE handled_at IS NOT NULL")
        took = time.perf_counter() - begun
    whole = kept == applied == events + WARM
    print(f"{engine}, {connections} connections: {rate:.0f} messages/s, floor page {floor:.0f}/s "
          f"({floor / rate:.1f} x)")
    print(f"sent {events + WARM} and {len(once[::10])} twice, kept {kept}, applied {applied} "
          f"({applied / took:.0f}/s by one worker)")
    return int(not whole)


def _rate(asked: Sequence[Asked], connections: int) -> float:
    begun = time.perf_counter()
    press(asked, connections)
    return len(asked) / (time.perf_counter() - begun)


def _count(query: str) -> int:
    from marketplace.foundation.database import db

    db.session.rollback()
    found = db.session.scalar(db.text(query))
    db.session.rollback()
    return int(found or 0)


def main() -> int:
    """One run as the arguments say."""
    read = argparse.ArgumentParser(prog="bench.hooks")
    read.add_argument("--engine", default="sqlite", choices=ENGINES)
    read.add_argument("--events", type=int, default=1000)
    read.add_argument("--connections", type=int, default=8)
    asked = read.parse_args()
    return run(asked.engine, asked.events, asked.connections)


if __name__ == "__main__":
    sys.exit(main())
