"""What the figures say from time to time."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class WeekEnded(Event):
    """A week on the market: its name (ISO 8601), answers and yes among them, parts that are late,
    voices drawn by a seed as (words, address, about), and the heads of the chained logs as
    (name, number, hash).
    """

    week: str
    seed: int
    answers: int
    yes: int
    late: int
    voices: tuple[tuple[str, str, str], ...]
    heads: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class ResonanceSeen(Event):
    """So many "reads" or "reactions" of a thread in an hour are far more than usual."""

    thread_id: int
    measure: str
    seen: int
