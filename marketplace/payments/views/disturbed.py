"""Ways to pay that do not answer just now: remembered by each process for a minute."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from marketplace.foundation import clock
from marketplace.payments.rules.circuit import FAILURES, disturbed


def _failures(method: str) -> list[datetime]:
    kept: dict[str, list[datetime]] = current_app.extensions.setdefault("payment_failures", {})
    return kept.setdefault(method, [])


def note_failure(method: str) -> None:
    """The service did not answer."""
    known = _failures(method)
    known.append(clock.now())
    del known[:-FAILURES]


def is_disturbed(method: str) -> bool:
    """Whether it is left alone for now."""
    return disturbed(tuple(_failures(method)), clock.now())
