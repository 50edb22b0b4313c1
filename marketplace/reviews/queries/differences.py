"""What the nightly counts found wrong."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.reviews.models import ScoreDifference


def noted_differences(limit: int) -> tuple[int, Sequence[ScoreDifference]]:
    """How many differences are noted, and the newest. Loads: 2 statements."""
    total = db.session.scalar(select(func.count()).select_from(ScoreDifference)) or 0
    return total, db.session.scalars(
        select(ScoreDifference).order_by(ScoreDifference.id.desc()).limit(limit)).all()
