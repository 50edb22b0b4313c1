"""Photos of goods made small in the background."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import rendered
from marketplace.catalog.actions import keep_renditions
from marketplace.catalog.models import Picture
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job


@job("catalog.render_picture")
def render_picture(picture_id: int) -> None:
    """Make the small files of a photo; a picture that is gone or broken is left alone."""
    row = db.session.get(Picture, picture_id)
    if row is None or row.renditions:
        return
    file = row.file
    db.session.rollback()
    made = rendered(file, doors().storage)
    if made is None:
        return
    with committing():
        keep_renditions(picture_id, made)
