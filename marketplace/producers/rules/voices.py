"""The order in which a producer's voices are read, and when nothing may be announced. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STUDIO_ORDER = ("legal", "unseen_criticism", "overdue", "criticism", "question", "case",
                "mention", "praise", "system")
LOCKED = frozenset(("news", "offer", "date"))
ALWAYS = frozenset(("story", "correction", "recall", "change"))
OFFER_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lock:
    """Why something may not be published: "overdue" with what is late, "offer", or "" if it may."""

    why: str = ""
    refs: tuple[tuple[str, int], ...] = ()
    until: datetime | None = None


def studio_rank(kind: str, seen: bool, overdue: bool, critical: bool) -> int:
    """Where a voice stands in the studio: unseen criticism, overdue, criticism, questions ...

    A matter of law or a recall stands above all, whatever else it is.
    """
    if kind == "legal":
        return STUDIO_ORDER.index("legal")
    if critical and not seen:
        return STUDIO_ORDER.index("unseen_criticism")
    if overdue:
        return STUDIO_ORDER.index("overdue")
    if critical:
        return STUDIO_ORDER.index("criticism")
    return STUDIO_ORDER.index(kind)


def publishing_lock(
    kind: str, overdue: Sequence[tuple[str, int]], last_offer: datetime | None, now: datetime,
) -> Lock:
    """Whether something of this kind may be published while these voices are past the promise.

    Source: spec producers 3.6. Raises ValueError for an unknown kind.
    """
    if kind in ALWAYS:
        return Lock()
    if kind not in LOCKED:
        raise ValueError(kind)
    if overdue:
        return Lock("overdue", tuple(overdue))
    if kind == "offer" and last_offer is not None and now < last_offer + OFFER_EVERY:
        return Lock("offer", until=last_offer + OFFER_EVERY)
    return Lock()
