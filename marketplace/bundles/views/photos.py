"""Own photos of a bundle, from the editor."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, Rendered, check, render
from marketplace.bundles import actions
from marketplace.bundles.queries import own_bundle
from marketplace.bundles.rules import PhotoWords
from marketplace.bundles.views import pages
from marketplace.bundles.views.editing import photo_page
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.forms import clean
from marketplace.web.limits import limiter

WIDTHS = (400, 800, 1280)


@pages.post("/bundles/<slug>/photos")
@signed_in
@limiter.limit("60 per hour")
def photos(slug: str) -> Response:
    """Take a photo in, made anew without its metadata, or take one out."""
    row, out = own_bundle(slug, person_id()), request.form.get("out", "")[:8]
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        if out:
            with committing():
                _drop(row.id, out)
        else:
            _take_in(row.id, words)
    except Invalid as fault:
        return photo_page(own_bundle(slug, person_id()), words, fault.faults)
    finally:
        for file in request.files.values():
            file.close()
    flash(_("Taken out.") if out else _("Your photo is there."), "good")
    return see_other(url_for("bundles.edit", slug=slug, _anchor="photos"))


def _drop(bundle_id: int, out: str) -> None:
    """A photo by its number, or the words of one that did not come: w1, w2, ..."""
    number = out.removeprefix("w")
    drop = actions.forget_waiting if out.startswith("w") else actions.drop_photo
    drop(bundle_id, person_id(), int(number) if number.isdecimal() else 0)


def _take_in(bundle_id: int, words: dict[str, str]) -> None:
    """Everything wrong is said at once; nothing is stored of a refused photo. Raises Invalid."""
    said = PhotoWords(words.get("alt", ""), words.get("credit", ""), words.get("licence", ""),
                      words.get("people", ""), words.get("consent") == "1",
                      words.get("no_minors") == "1")
    sent, faults = request.files.get("photo"), dict[str, str]()
    body = sent.read() if sent else b""
    try:
        actions.check_photo(bundle_id, person_id(), said)
    except Invalid as fault:
        faults |= fault.faults
    try:
        readable(body)
    except Invalid as fault:
        faults = {**fault.faults, **faults}
    if faults:
        raise Invalid(faults)
    db.session.rollback()
    made: Rendered = render(body, doors().storage, WIDTHS)
    with committing():
        actions.add_photo(bundle_id, person_id(), said, made)


def readable(body: bytes) -> None:
    """Raises Invalid for what is no picture."""
    if not body:
        raise Invalid({"photo": _("Please choose a picture.")})
    try:
        check(body)
    except NotAPicture as fault:
        raise Invalid({"photo": {
            "size": _("The picture is too large: at most 10 MB and 20 megapixels."),
            "kind": _("This kind of file cannot be taken: JPEG, PNG, WebP and AVIF can."),
        }.get(str(fault), _("This picture cannot be read."))}) from fault
