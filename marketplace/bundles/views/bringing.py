"""Bundles from a file: one of them, or all of an export with their photos."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import MOST_BYTES as MOST_PICTURE
from marketplace.adapters.storage import render
from marketplace.bundles import actions
from marketplace.bundles.models import Bundle
from marketplace.bundles.rules import credits, documents
from marketplace.bundles.views import pages
from marketplace.bundles.views.making import mine_page
from marketplace.bundles.views.photos import WIDTHS, readable
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.limits import limiter

MOST_FILES, MOST_UPLOAD, MOST_PHOTOS, MOST_TOLD = 200, 64 * 1024 * 1024, 40, 6
BROKEN = (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
BUNDLE, CREDITS = "bundle.json", "credits.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """A bundle of a file with what lies beside it; `name` is what its files begin with."""

    name: str
    document: Mapping[str, Any]
    beside: credits.Credits
    fault: str = ""


@pages.url_value_preprocessor
def larger_exports(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let a ZIP with photos be larger than other forms."""
    if endpoint == "bundles.bring":
        request.max_content_length = MOST_UPLOAD


@pages.post("/account/bundles/import")
@signed_in
@limiter.limit("30 per hour")
def bring() -> Response:
    """Each file becomes a private draft; if one cannot be taken, none is. A photo that cannot be
    taken leaves its words, and is named.
    """
    try:
        body = _handed_in()
        found = list(_folders(body))
        with committing():
            rows = [actions.bring(person_id(), one.document, one.beside) for one in found]
    except Invalid as fault:
        return mine_page({"file": fault.sentence}, 422)
    told = [one.fault for one in found if one.fault] + list(_photos(body, found, rows))
    flash(ngettext("%(num)s bundle is here as a draft. Only you see it.",
                   "%(num)s bundles are here as drafts. Only you see them.", len(rows)), "good")
    for sentence in told[:MOST_TOLD]:
        flash(sentence, "warn")
    if len(told) > MOST_TOLD:
        flash(ngettext("%(num)s more photo is not there; its words stand in the editor.",
                       "%(num)s more photos are not there; their words stand in the editor.",
                       len(told) - MOST_TOLD), "warn")
    if len(rows) == 1:
        return see_other(url_for("bundles.edit", slug=rows[0].slug))
    return see_other(url_for("bundles.mine"))


def _handed_in() -> bytes:
    """Raises Invalid where nothing was."""
    given = request.files.get("file")
    body = given.read() if given else b""
    if not body:
        raise Invalid({"file": _("Please choose a file.")})
    return body


def _folders(body: bytes) -> Iterator[Folder]:
    """What was handed in: a file, or each of a ZIP. Raises Invalid."""
    if not body.startswith(b"PK"):
        yield Folder("", actions.read_document(body), credits.Credits())
        return
    try:
        with ZipFile(BytesIO(body)) as packed:
            names = [one for one in packed.namelist() if one.endswith(BUNDLE)]
            if not 0 < len(names) <= MOST_FILES:
                raise Invalid({"file": _("The ZIP holds no bundle, or more than 200.")})
            for name in names:
                document = actions.read_document(_read(packed, name, documents.MOST_BYTES))
                yield _folder(packed, name.removesuffix(BUNDLE), document)
    except BROKEN as fault:
        raise Invalid({"file": _("This ZIP file is broken.")}) from fault


def _read(packed: ZipFile, name: str, most: int) -> bytes:
    """A file of a ZIP, at most one byte more than it may have, whatever the ZIP says of it."""
    with packed.open(name) as file:
        return file.read(most + 1)


def _folder(packed: ZipFile, name: str, document: Mapping[str, Any]) -> Folder:
    """What lies beside a bundle, as far as it can be read."""
    if f"{name}{CREDITS}" not in packed.namelist():
        alone = any(one.startswith(f"{name}photo-") for one in packed.namelist())
        return Folder(name, document, credits.Credits(), _untold(document) if alone else "")
    try:
        beside = credits.credits_opened(_read(packed, f"{name}{CREDITS}", credits.MOST_BYTES))
    except (*BROKEN, credits.CreditFault):
        return Folder(name, document, credits.Credits(), _untold(document))
    return Folder(name, document, beside, _untold(document) if beside.wrong else "")


def _untold(document: Mapping[str, Any]) -> str:
    return _("“%(title)s”: what was said of its photos or of its origin is missing or cannot be "
             "read. Please add such photos in the editor.", title=document["title"])


def _photos(body: bytes, found: Sequence[Folder], rows: Sequence[Bundle]) -> Iterator[str]:
    """Photos of a ZIP taken in one by one; a sentence for each that is not."""
    todo = [(row.id, one, photo) for row, one in zip(rows, found, strict=True)
            for photo in one.beside.photos]
    if not todo:
        return
    with ZipFile(BytesIO(body)) as packed:
        for number, (bundle_id, one, photo) in enumerate(todo):
            try:
                if number >= MOST_PHOTOS:
                    raise Invalid({"photo": _("At most 40 photos come at once. Please add it in "
                                              "the editor.")})
                _take_in(bundle_id, photo, _picture(packed, one.name, photo["file"]))
            except Invalid as fault:
                yield _("“%(title)s”, photo “%(photo)s”: %(fault)s", title=one.document["title"],
                        photo=photo["alt"] or photo["key"], fault=fault.sentence)


def _picture(packed: ZipFile, folder: str, file: str) -> bytes:
    """The bytes of a photo. Raises Invalid."""
    if not file:
        raise Invalid({"photo": _("The name of its file cannot be taken.")})
    try:
        return _read(packed, folder + file, MOST_PICTURE)
    except KeyError as fault:
        raise Invalid({"photo": _("Its file is not in the ZIP.")}) from fault
    except BROKEN as fault:
        raise Invalid({"photo": _("This picture cannot be read.")}) from fault


def _take_in(bundle_id: int, photo: Mapping[str, Any], body: bytes) -> None:
    """As from the editor: checked, made anew without metadata, then kept. Raises Invalid."""
    actions.check_photo(bundle_id, person_id(), credits.said_of(photo))
    readable(body)
    db.session.rollback()
    made = render(body, doors().storage, WIDTHS)
    with committing():
        actions.bring_photo(bundle_id, person_id(), photo, made)
