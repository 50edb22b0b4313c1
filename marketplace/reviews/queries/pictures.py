"""Pictures beside answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.catalog.queries import PictureView, picture_view
from marketplace.foundation.database import db
from marketplace.reviews.models import RatingPhoto


def photos_of(rating_id: int) -> Sequence[RatingPhoto]:
    """Pictures of one answer in order. Loads: 1 statement."""
    return db.session.scalars(select(RatingPhoto).where(RatingPhoto.rating_id == rating_id)
                              .order_by(RatingPhoto.position, RatingPhoto.id)).all()


@dataclass(frozen=True, slots=True)
class _File:
    """A buyer's picture as the catalog's pictures are drawn."""

    file: str
    kind: str
    alt_de: str
    alt_en: str
    width: int
    height: int
    tint: str
    renditions: Sequence[Any]
    credit: str | None = None
    licence: str = "own"


def photo_view(photo: Any, lang: str) -> PictureView | None:
    """A photo row as pages draw it, with the author's own words for it."""
    return picture_view(_File(photo.file, "photo", photo.alt, photo.alt, photo.width,
                              photo.height, photo.tint, photo.renditions), lang)
