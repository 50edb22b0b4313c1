"""Kept counts that the night found wrong: a fault each, noted for who runs the market."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.reviews.models import ScoreDifference

KEPT_DAYS = 90
LOGGED = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept count that was not what the answers say: of a product, a lot or a group."""

    name: str
    kept: float
    true: float
    product_id: int
    lot_id: int | None = None
    group_id: int | None = None


def place(one: Difference | ScoreDifference) -> str:
    """Which row of counts it is, for the people who run the market."""
    whose = "" if one.group_id is None else f" group {one.group_id}"
    return f"product {one.product_id} lot {one.lot_id}{whose}"


def note_differences(found: Sequence[Difference]) -> None:
    """Keep what was wrong, and log the first fifty. Changes score_differences."""
    now = clock.now()
    for one in found[:LOGGED]:
        log.warning("score of %s: %s kept %s, counted %s", place(one), one.name, one.kept, one.true)
    if found:
        db.session.execute(db.insert(ScoreDifference), [
            {"found_at": now, "product_id": one.product_id, "lot_id": one.lot_id,
             "group_id": one.group_id, "name": one.name, "kept": one.kept, "counted": one.true}
            for one in found])


def forget_differences() -> None:
    """Drop what is older than ninety days. Changes score_differences."""
    db.session.execute(delete(ScoreDifference).where(
        ScoreDifference.found_at < clock.now() - timedelta(days=KEPT_DAYS)))
