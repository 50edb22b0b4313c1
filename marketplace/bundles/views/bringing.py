"""Bundles from a file: one of them, or all of an export."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.rules.documents import MOST_BYTES
from marketplace.bundles.views import pages
from marketplace.bundles.views.making import mine_page
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.limits import limiter

MOST_FILES, MOST_UPLOAD = 200, 20 * 1024 * 1024
BROKEN = (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


@pages.post("/account/bundles/import")
@signed_in
@limiter.limit("30 per hour")
def bring() -> Response:
    """Each file becomes a private draft; if one cannot be taken, none is."""
    try:
        found = [actions.read_document(body) for body in _bodies()]
        with committing():
            rows = [actions.bring(person_id(), one) for one in found]
    except Invalid as fault:
        return mine_page({"file": fault.sentence}, 422)
    flash(ngettext("%(num)s bundle is here as a draft. Only you see it.",
                   "%(num)s bundles are here as drafts. Only you see them.", len(rows)), "good")
    if len(rows) == 1:
        return see_other(url_for("bundles.edit", slug=rows[0].slug))
    return see_other(url_for("bundles.mine"))


def _bodies() -> Iterator[bytes]:
    """What was handed in: a file, or each of a ZIP. Raises Invalid."""
    given = request.files.get("file")
    body = given.read(MOST_UPLOAD + 1) if given else b""
    if not body:
        raise Invalid({"file": _("Please choose a file.")})
    if len(body) > MOST_UPLOAD:
        raise Invalid({"file": _("At most 20 MB.")})
    if not body.startswith(b"PK"):
        yield body
        return
    try:
        with ZipFile(BytesIO(body)) as packed:
            names = [one for one in packed.infolist() if one.filename.endswith("bundle.json")]
            if not 0 < len(names) <= MOST_FILES:
                raise Invalid({"file": _("The ZIP holds no bundle, or more than 200.")})
            for name in names:
                with packed.open(name) as file:
                    yield file.read(MOST_BYTES + 1)
    except BROKEN as fault:
        raise Invalid({"file": _("This ZIP file is broken.")}) from fault
