"""Counters of bundles that are not what their rows say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, or_, select

from marketplace.bundles.models import Bundle, BundleSave, BundleVote
from marketplace.foundation.database import db


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A counter of a bundle, as kept and as counted."""

    bundle_id: int
    slug: str
    name: str
    kept: int
    counted: int


def true_counts() -> dict[str, ScalarSelect[Any]]:
    """What each counter of a bundle is, counted from the rows, beside a row of `bundles`."""
    def votes(value: int) -> ScalarSelect[Any]:
        return (select(func.count()).where(
            BundleVote.bundle_id == Bundle.id, BundleVote.value == value, BundleVote.counted)
            .correlate(Bundle).scalar_subquery())

    return {"up": votes(1), "down": votes(-1),
            "saves": select(func.count()).where(BundleSave.bundle_id == Bundle.id)
            .correlate(Bundle).scalar_subquery()}


def wrong_counts(limit: int) -> Sequence[WrongCount]:
    """Counters that differ from their rows. Loads: 1 statement."""
    true = true_counts()
    kept = {name: getattr(Bundle, name) for name in true}
    rows = db.session.execute(
        select(Bundle.id, Bundle.slug, *kept.values(), *true.values())
        .where(or_(*(kept[name] != true[name] for name in true)))
        .order_by(Bundle.id).limit(limit)).all()
    n = len(true)
    return [WrongCount(row[0], row[1], name, row[2 + at], row[2 + n + at])
            for row in rows for at, name in enumerate(true) if row[2 + at] != row[2 + n + at]]
