"""Pictures that buyers send with an answer."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, Rendered, render
from marketplace.reviews.actions.photos import MOST_PHOTOS
from marketplace.reviews.models import Rating, RatingPhoto
from marketplace.reviews.queries.pictures import photo_view, photos_of
from marketplace.web.languages import current_lang


def sent_pictures() -> tuple[list[tuple[Rendered, str]], dict[str, str]]:
    """Uploaded pictures with their place in a pair, made small and without metadata; and a
    sentence for those that cannot be used.
    """
    made: list[tuple[Rendered, str]] = []
    faults: dict[str, str] = {}
    for field, pair in (("pictures", "none"), ("before", "before"), ("after", "after")):
        for upload in request.files.getlist(field)[:MOST_PHOTOS]:
            if not upload.filename:
                continue
            try:
                made.append((render(upload.read(), doors().storage), pair))
            except NotAPicture:
                faults[field] = _(
                    "%(name)s cannot be used: at most 10 MB and 20 million pixels, JPEG, PNG, "
                    "WebP or AVIF. All else is kept.", name=upload.filename[:40])
    return made, faults


def pair_words(pair: str) -> str:
    """Whether a picture shows it before or after use."""
    return {"before": _("before"), "after": _("after")}.get(pair, "")


def picture_of(photo: RatingPhoto, lang: str) -> tuple[Any, str, str]:
    """A picture as galleries draw it: picture, address, words."""
    words = ": ".join(part for part in (pair_words(photo.pair), photo.alt) if part)
    return photo_view(photo, lang), f"/files/{photo.file}", words


def pictures_of(known: Rating | None) -> list[tuple[Any, str, str]]:
    """The pictures of one's own answer. Loads: 1 statement."""
    return [picture_of(one, current_lang()) for one in photos_of(known.id)] if known else []


def removable(known: Rating | None) -> list[tuple[str, str]]:
    """The pictures of one's own answer, to take away. Loads: 1 statement."""
    return [(str(one.id), _("Take picture %(n)s away", n=number))
            for number, one in enumerate(photos_of(known.id), 1)] if known else []
