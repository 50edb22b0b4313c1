"""When a class of letters annoys. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.figures import wilson

LEAST_SENT, DAYS = 200, 28
MOST_STOPS, MOST_COMPLAINTS = 0.02, 0.001


@dataclass(frozen=True, slots=True)
class Health:
    """What became of a class's letters in 28 days."""

    sent: int
    stopped: int
    complained: int


def share(k: int, sent: int) -> tuple[float, float, float]:
    """A share of the letters with its interval of 95 %: share, low, high. Source: Wilson 1927."""
    ends = wilson(min(k, sent), sent)
    return (k / sent if sent else 0.0), ends.low, ends.high


def annoys(health: Health) -> str | None:
    """"stops" or "complaints" where a class has to rest, else None."""
    if health.sent < LEAST_SENT:
        return None
    if share(health.stopped, health.sent)[1] > MOST_STOPS:
        return "stops"
    return "complaints" if share(health.complained, health.sent)[1] > MOST_COMPLAINTS else None
