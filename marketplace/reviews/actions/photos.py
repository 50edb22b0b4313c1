"""Pictures of buyers beside their answers."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from marketplace.adapters.storage import Rendered
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.reviews.models import RatingPhoto
from marketplace.web.masking import masked

MOST_PHOTOS = 6
PAIRS = ("none", "before", "after")


def add_photo(rating_id: int, made: Rendered, alt: str, pair: str = "none") -> None:
    """Put a re-encoded picture beside an answer. Raises Invalid above six."""
    count = db.session.scalar(select(func.count()).where(RatingPhoto.rating_id == rating_id)) or 0
    if count >= MOST_PHOTOS:
        raise Invalid({"pictures": _("At most six pictures.")})
    db.session.add(RatingPhoto(
        rating_id=rating_id, file=made.files[-1][2], alt=masked(alt)[:200], position=count,
        width=made.width, height=made.height, tint=made.tint,
        pair=pair if pair in PAIRS else "none", renditions=[list(file) for file in made.files]))
    db.session.flush()


def remove_photo(rating_id: int, photo_id: int) -> list[str]:
    """Take a picture away; the names of its files. Raises NotFound. Changes rating_photos."""
    row = db.session.scalar(select(RatingPhoto).where(RatingPhoto.id == photo_id,
                                                      RatingPhoto.rating_id == rating_id))
    if row is None:
        raise NotFound(_("There is no such picture."))
    return remove_photos([rating_id], photo_id)


def remove_photos(rating_ids: list[int], photo_id: int | None = None) -> list[str]:
    """Take pictures away; the names of files that nothing shows any more.

    Changes rating_photos.
    """
    wanted: list[Any] = [RatingPhoto.rating_id.in_(rating_ids)]
    if photo_id is not None:
        wanted.append(RatingPhoto.id == photo_id)
    rows = db.session.scalars(select(RatingPhoto).where(*wanted)).all()
    names = {name for row in rows for name in _names(row.renditions)} | {r.file for r in rows}
    db.session.execute(delete(RatingPhoto).where(*wanted)
                       .execution_options(synchronize_session=False))
    if not names:
        return []
    kept = {name for found in db.session.scalars(
        select(RatingPhoto.renditions).where(RatingPhoto.file.in_(names)))
        for name in _names(found)}
    return sorted(names - kept)


def _names(renditions: Any) -> list[str]:
    return [str(file[2]) for file in renditions]
