"""Photos of goods made small in the background."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, render
from marketplace.catalog.actions import keep_renditions
from marketplace.catalog.actions.typed import forget_typed
from marketplace.catalog.actions.upkeep import look_at, on_sale_after
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
    storage = doors().storage
    try:
        made = render(storage.open(file), storage)
    except (NotAPicture, FileNotFoundError):
        return
    with committing():
        keep_renditions(picture_id, made)


@job("catalog.gaps", every_seconds=86_400)
def gaps() -> None:
    """Look at all goods on sale, a batch a change: what is missing, and proofs that ended."""
    last = 0
    while ids := on_sale_after(last):
        db.session.rollback()
        with committing():
            look_at(ids)
        last = ids[-1]


@job("catalog.forget_typed", every_seconds=86_400)
def forget_typed_forms() -> None:
    """Drop what was typed before a login ended and never came back."""
    with committing():
        forget_typed()
