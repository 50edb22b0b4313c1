"""Who may rate: only whose order line was in their hands, and never the producer's own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

AFTER_DISPATCH = timedelta(days=7)
AFTER_PAYMENT = timedelta(days=21)

RELATIONS = ("employee", "family", "supplier", "competitor", "free_sample", "discount",
             "ambassador")
"""How somebody can have to do with a producer; each sets the answer aside, labelled."""

Refusal = Literal["not_yours", "cancelled", "own_goods", "paid_by_producer", "not_in_hands"]


@dataclass(frozen=True)
class BoughtLine:
    """What is known of one order line when its buyer wants to rate; times are aware UTC."""

    is_buyers: bool
    paid_at: datetime | None
    dispatched_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_before_dispatch: bool = False
    buyer_is_staff: bool = False
    paid_by_producer: bool = False


def in_hands_at(line: BoughtLine) -> datetime | None:
    """Say from when on the goods count as in the buyer's hands; None while nobody can tell.

    The earliest of delivered, dispatched + 7 days, and paid + 21 days where nothing was marked
    until then: a producer who marks nothing blocks nobody, and a later mark takes nothing back.
    """
    dates = [line.delivered_at] if line.delivered_at else []
    if line.dispatched_at:
        dates.append(line.dispatched_at + AFTER_DISPATCH)
    if line.paid_at:
        fallback = line.paid_at + AFTER_PAYMENT
        marks = [t for t in (line.dispatched_at, line.delivered_at) if t]
        if not marks or min(marks) > fallback:
            dates.append(fallback)
    return min(dates, default=None)


def refusal(line: BoughtLine, now: datetime) -> Refusal | None:
    """Say why this line may not be rated now; None means it may.

    Withdrawn and refunded goods may be rated; trust, payment or role change no weight.
    """
    if not line.is_buyers:
        return "not_yours"
    if line.cancelled_before_dispatch:
        return "cancelled"
    if line.buyer_is_staff:
        return "own_goods"
    if line.paid_by_producer:
        return "paid_by_producer"
    held_from = in_hands_at(line)
    return None if held_from is not None and held_from <= now else "not_in_hands"


def may_rate(line: BoughtLine, now: datetime) -> bool:
    """Tell whether this line may be rated now."""
    return refusal(line, now) is None
