"""Own photos of a bundle: taken in with consent, taken out with their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import String, cast, or_, select, update

from marketplace.adapters.storage import Rendered
from marketplace.bundles.actions.composing import demand_before_votes, own_bundle_row
from marketplace.bundles.actions.laying import draw_anew
from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.queries.rows import waiting_photos
from marketplace.bundles.rules import PhotoWords, photo_faults, photo_key
from marketplace.bundles.rules.credits import said_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.jobs import enqueue


def check_photo(bundle_id: int, person_id: int, said: PhotoWords) -> None:
    """Raises Invalid with a sentence for each thing that has to be said first, NotYours."""
    row = own_bundle_row(bundle_id, person_id)
    demand_before_votes(row)
    sentences = {
        "photo": _("A bundle has at most four photos of your own."),
        "alt": _("Say in 3 to 200 characters what it shows."),
        "credit": _("Say in 2 to 80 characters who took it."),
        "licence": _("Please choose a licence."),
        "people": _("Please say whether people can be recognised."),
        "consent": _("Without the consent of everybody on it, a photo cannot be shown."),
        "no_minors": _("Photos with children or young people cannot be shown here.")}
    faults = {name: sentences[name] for name in photo_faults(said, len(row.photos or ()))}
    if faults:
        raise Invalid(faults)


def add_photo(bundle_id: int, person_id: int, said: PhotoWords, made: Rendered) -> None:
    """Keep a photo that was made anew without its metadata. Raises Invalid, NotYours.

    Changes bundles.
    """
    check_photo(bundle_id, person_id, said)
    row = own_bundle_row(bundle_id, person_id)
    row.photos = [*(row.photos or ()), _kept(said, made)]
    row.changed_at, row.version = clock.now(), row.version + 1
    db.session.flush()


def _kept(said: PhotoWords, made: Rendered) -> dict[str, Any]:
    return {
        "alt": said.alt, "credit": said.credit, "licence": said.licence, "people": said.people,
        "consent": said.consent, "no_minors": said.no_minors, "at": clock.now().isoformat(),
        "width": made.width, "height": made.height, "tint": made.tint,
        "files": [list(one) for one in made.files]}


def bring_photo(bundle_id: int, person_id: int, photo: Mapping[str, Any], made: Rendered) -> None:
    """A photo that a file spoke of is there, under the name its parts know; no words about it are
    left waiting. Raises Invalid, NotYours. Changes bundles, jobs.
    """
    said = said_of(photo)
    check_photo(bundle_id, person_id, said)
    row = own_bundle_row(bundle_id, person_id)
    row.photos = [*(row.photos or ()), {**_kept(said, made), "key": photo["key"]}]
    _wait_for(row, [one for one in waiting_photos(row) if one["key"] != photo["key"]])
    if row.mode == "collage":
        draw_anew(row.id)


def forget_waiting(bundle_id: int, person_id: int, number: int) -> None:
    """No longer keep the words of a photo that did not come. Raises NotFound, NotYours.

    Changes bundles.
    """
    row = own_bundle_row(bundle_id, person_id)
    there = list(waiting_photos(row))
    if not 1 <= number <= len(there):
        raise NotFound(_("This photo is not there any more."))
    del there[number - 1]
    row.changed_at, row.version = clock.now(), row.version + 1
    _wait_for(row, there)


def _wait_for(row: Bundle, photos: Sequence[Mapping[str, Any]]) -> None:
    rest = {**(row.not_here or {}), "photos": list(photos)}
    row.not_here = rest if any(rest.values()) else None
    db.session.flush()


def drop_photo(bundle_id: int, person_id: int, number: int) -> None:
    """Take a photo out; its files go, and where it lay on a board lies the producer's picture.

    Raises NotFound, NotYours. Changes bundles, bundle_items, jobs.
    """
    row = own_bundle_row(bundle_id, person_id)
    demand_before_votes(row)
    photos = list(row.photos or ())
    if not 1 <= number <= len(photos):
        raise NotFound(_("This photo is not there any more."))
    gone = photos.pop(number - 1)
    row.photos = photos or None
    row.changed_at, row.version = clock.now(), row.version + 1
    db.session.execute(update(BundleItem).where(
        BundleItem.bundle_id == row.id, BundleItem.picture_key == photo_key(gone))
        .values(picture_key="").execution_options(synchronize_session=False))
    db.session.flush()
    if row.mode == "collage":
        draw_anew(row.id)
    _drop_files(row, [gone])


def drop_photos(row: Bundle) -> None:
    """All photos of a bundle go, with their files. Changes bundles."""
    gone, row.photos = list(row.photos or ()), None
    db.session.flush()
    if gone:
        _drop_files(row, gone)


def _drop_files(row: Bundle, photos: list[dict[str, Any]]) -> None:
    """Files by a job, unless another photo is made of the same bytes."""
    names = [name for photo in photos for _kind, _width, name in photo["files"]]
    there = [photo["files"] for shown in db.session.scalars(select(Bundle.photos).where(
        Bundle.photos.is_not(None), or_(*(cast(Bundle.photos, String).contains(name)
                                          for name in names)))) for photo in shown or ()]
    kept = {name for files in there for _kind, _width, name in files}
    gone = [name for name in names if name not in kept]
    if gone:
        enqueue("people.drop_files", f"bundle {row.id} {gone[0][:40]}", names=gone)
