"""The form for own photos in the editor of a bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.bundles.queries import BundleRow
from marketplace.bundles.queries.previews import photo_view
from marketplace.bundles.queries.rows import waiting_photos
from marketplace.bundles.queries.words import photo_licence
from marketplace.bundles.rules import MOST_PHOTOS, PHOTO_LICENCES
from marketplace.web.access import person


@dataclass(frozen=True, slots=True)
class PhotoForm:
    """Own photos as they are, what was typed of another one, and the words of those that a file
    spoke of without bringing them: (what it shows, credit).
    """

    url: str
    rows: Sequence[Any]
    licences: Sequence[tuple[str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    more: bool
    waiting: Sequence[tuple[str, str]] = ()


def photo_form(row: BundleRow, typed: Mapping[str, str], faults: Mapping[str, str]
               ) -> PhotoForm:
    """The photos of a bundle, and the form for another one."""
    name = person().name
    return PhotoForm(
        url_for("bundles.photos", slug=row.slug), [photo_view(one) for one in row.photos],
        [("", _("please choose")), *((one, photo_licence(one)) for one in PHOTO_LICENCES)],
        {"credit": name, **typed}, faults, len(row.photos) < MOST_PHOTOS,
        [(one["alt"], ", ".join(filter(None, (one["credit"], _licence(one["licence"])))))
         for one in waiting_photos(row)])


def _licence(said: str) -> str:
    """What a licence is called; what a file calls so itself is repeated."""
    return photo_licence(said) if said in PHOTO_LICENCES else said
