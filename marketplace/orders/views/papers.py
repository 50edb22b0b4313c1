"""PDFs as answers: kept ones are never given out changed; pictures that people hand in."""

from __future__ import annotations

import logging
from hashlib import sha256

from flask import Response, make_response, request
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, Unlisted, render
from marketplace.foundation.errors import Invalid, NotFound

log = logging.getLogger(__name__)


def pdf_answer(body: bytes, name: str) -> Response:
    """A PDF for this person alone, to look at or (download=1) to keep."""
    given = make_response(body)
    given.mimetype = "application/pdf"
    given.headers["Cache-Control"] = "private, no-store"
    plain = "".join(sign if sign.isalnum() else "-" for sign in name)
    kind = "attachment" if request.args.get("download") else "inline"
    given.headers["Content-Disposition"] = f'{kind}; filename="{plain}.pdf"'
    given.headers["X-Robots-Tag"] = "noindex"
    given.headers["Referrer-Policy"] = "no-referrer"
    return given


def kept_pdf(file: str | None, checksum: str | None, name: str) -> Response:
    """The kept file; one that is not what was kept is never given out. Raises NotFound."""
    if file is None:
        raise NotFound(_("The PDF is being made; it will be here in a moment."))
    body = doors().storage.open(file)
    if sha256(body).hexdigest() != checksum:
        log.error("paper %s: its file %s was changed", name, file)
        raise NotFound(_("This file was damaged. Please read the document as a page."))
    return pdf_answer(body, name)


def sent_photos(field: str, most: int, private: bool = True) -> list[str]:
    """Names of the pictures sent in a field, made small and without metadata. Raises Invalid.

    `private`: they have no public address.
    """
    found, storage = [], doors().storage
    if private:
        storage = Unlisted(storage.folder)
    for upload in request.files.getlist(field)[:most]:
        if not upload.filename:
            continue
        try:
            made = render(upload.read(), storage, (1280,))
        except NotAPicture as fault:
            raise Invalid({field: _(
                "%(name)s cannot be used: at most 10 MB and 20 million pixels, JPEG, PNG, "
                "WebP or AVIF. All else is kept.", name=upload.filename[:40])}) from fault
        found.append(made.files[-1][2])
    return found
