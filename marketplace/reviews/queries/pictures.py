"""Pictures beside answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.reviews.models import RatingPhoto


def photos_of(rating_id: int) -> Sequence[RatingPhoto]:
    """Pictures of one answer in order. Loads: 1 statement."""
    return db.session.scalars(select(RatingPhoto).where(RatingPhoto.rating_id == rating_id)
                              .order_by(RatingPhoto.position, RatingPhoto.id)).all()
