"""Pictures of goods: taken in without what they know of place and time, changed, taken out."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, check, tint_of
from marketplace.catalog import actions
from marketplace.catalog.forms import PictureForm
from marketplace.catalog.queries.studio import Draft
from marketplace.catalog.views import pages
from marketplace.catalog.views.editing import edit_page
from marketplace.catalog.views.frame import own_product
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.web.access import signed_in
from marketplace.web.answers import see_other
from marketplace.web.formats import size_words
from marketplace.web.forms import clean, sent

LEAST_SIDE = 600
MOST_MODEL = 8 * 1024 * 1024
SPIN_LEAST, SPIN_MOST = 12, 36


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that was looked at and kept: name of the file, size in pixels, mean colour."""

    file: str
    size: tuple[int, int]
    tint: str


def looked_at(body: bytes, name: str = "picture") -> Taken:
    """A picture without metadata: decoded, written anew and stored. Raises Invalid."""
    if not body:
        raise Invalid({name: _("Please choose a picture.")})
    try:
        seen = check(body)
    except NotAPicture as fault:
        raise Invalid({name: {
            "size": _("The picture is too large: at most 10 MB and 20 megapixels."),
            "kind": _("This kind of file cannot be taken: JPEG, PNG, WebP and AVIF can."),
        }.get(str(fault), _("This picture cannot be read."))}) from fault
    out = BytesIO()
    seen.save(out, "JPEG", quality=92)
    file = doors().storage.put(out.getvalue(), "orig")
    return Taken(file, (seen.width, seen.height), tint_of(seen))


def licence_choices() -> list[tuple[str, str]]:
    """By what right a picture stands here."""
    return [("producer", _("we made it, or may use it")), ("own", _("I took it myself")),
            ("cc0", "CC0"), ("cc-by", "CC BY"), ("cc-by-sa", "CC BY-SA")]


def kind_choices() -> list[tuple[str, str]]:
    """What a file can be."""
    return [("photo", _("a picture")),
            ("spin", _("12 to 36 pictures from all sides, in their order")),
            ("model", _("a model in space (.glb, at most 8 MB)"))]


@pages.post("/studio/products/<int:product_id>/pictures")
@signed_in
def picture_post(product_id: int) -> Response:
    """Take pictures in; they are made small in the background."""
    known, form = own_product(product_id), PictureForm(sent())
    typed = {name: str(form[name].data or "") for name in (
        "alt_de", "alt_en", "kind", "licence", "credit", "people")}
    files = request.files.getlist("picture")
    try:
        form.demand()
        rights, kind = rights_of(typed), typed["kind"] or "photo"
        if kind == "model":
            size = _keep_model(known, files, typed, rights)
            flash(_("The model is kept (%(size)s).", size=size_words(size)), "good")
        else:
            small = _keep_pictures(known, files, kind, typed, rights)
            flash(_("Taken in. It appears as soon as its small copies are made."), "good")
            if small:
                flash(_("The shorter side is below 600 pixels; larger pictures look better."),
                      "info")
    except Invalid as fault:
        return edit_page(known, typed, fault.faults, 422)
    finally:
        for file in files:
            file.close()
    return see_other(url_for("catalog.product", product_id=product_id) + "#pictures")


def rights_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Licence, credit and consent of a picture. Raises Invalid."""
    licence = typed["licence"] or "producer"
    if licence not in dict(licence_choices()):
        raise Invalid({"licence": _("Please choose one of these.")})
    if licence in ("cc-by", "cc-by-sa") and not typed["credit"]:
        raise Invalid({"credit": _("This licence wants the name of who made it.")})
    if not (typed["alt_de"] or typed["alt_en"]):
        raise Invalid({"alt": _("Please say in words what the picture shows.")})
    if typed["people"] == "ask":
        raise Invalid({"people": _("Please ask them first; a picture of somebody needs their "
                                   "consent.")})
    return {"licence": licence, "credit": typed["credit"] or None,
            "people_agree": typed["people"] == "agree"}


def _keep_pictures(known: Draft, files: Sequence[FileStorage], kind: str,
                   typed: Mapping[str, str], rights: Mapping[str, Any]) -> bool:
    """Keep one picture, or the frames of a spin; whether one of them is small. Raises Invalid."""
    if kind not in ("photo", "spin"):
        raise Invalid({"kind": _("Please choose one of these.")})
    if kind == "spin" and not SPIN_LEAST <= len(files) <= SPIN_MOST:
        raise Invalid({"picture": _("From all sides needs 12 to 36 pictures; these are %(n)s.",
                                    n=len(files))})
    chosen = files if kind == "spin" else files[:1]
    taken = [looked_at(file.read()) for file in chosen] or [looked_at(b"")]
    with committing():
        if kind == "spin":
            actions.drop_pictures(known.id, "spin")
        for one in taken:
            actions.add_picture(known.id, one.file, kind, one.size, one.tint, typed["alt_de"],
                                typed["alt_en"], **rights)
    return min(min(one.size) for one in taken) < LEAST_SIDE


def _keep_model(known: Draft, files: Sequence[FileStorage], typed: Mapping[str, str],
                rights: Mapping[str, Any]) -> int:
    """Keep a model to download; its size in bytes. Raises Invalid."""
    body = files[0].read(MOST_MODEL + 1) if files else b""
    if len(body) > MOST_MODEL:
        raise Invalid({"picture": _("The model is larger than 8 MB.")})
    if not is_glb(body):
        raise Invalid({"picture": _("This is no model of the kind .glb (glTF 2.0).")})
    file = doors().storage.put(body, "glb")
    with committing():
        actions.drop_pictures(known.id, "model")
        actions.add_picture(known.id, file, "model", (0, 0), "#F1EADF", typed["alt_de"],
                            typed["alt_en"], size_bytes=len(body), **rights)
    return len(body)


def is_glb(body: bytes) -> bool:
    """Whether bytes are a binary glTF 2.0 file of the length it says itself."""
    if len(body) < 20 or body[:4] != b"glTF":
        return False
    version, length = struct.unpack("<II", body[4:12])
    return version == 2 and length == len(body) and body[16:20] == b"JSON"


@pages.post("/studio/products/<int:product_id>/pictures/<int:picture_id>")
@signed_in
def picture_change(product_id: int, picture_id: int) -> Response:
    """Say anew what a picture shows, put it first, or take it out."""
    known, body = own_product(product_id), request.form
    if picture_id not in {row.id for row in known.pictures}:
        raise NotFound(_("There is nothing at this address."))
    step = body.get("step", "")
    try:
        with committing():
            if step == "first":
                actions.first_picture(product_id, picture_id)
            elif step == "out":
                actions.drop_picture(product_id, picture_id)
            else:
                actions.describe_picture(product_id, picture_id,
                                         (clean(body.get("alt_de", "")) or "")[:200],
                                         (clean(body.get("alt_en", "")) or "")[:200])
    except Invalid as fault:
        return edit_page(known, {}, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.product", product_id=product_id) + "#pictures")
