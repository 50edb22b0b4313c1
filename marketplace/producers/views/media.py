"""Photographs of a producer's place and work, as its people hand them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, check, tint_of
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.actions.media import demand_alt
from marketplace.producers.queries import Role
from marketplace.producers.queries.media import media_of
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class MediaPage(StudioPage):
    """Photographs with their words, and the form for one more."""

    rows: Sequence[tuple[str, str, str]]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    labels: Mapping[str, str]


@pages.get("/studio/pictures")
@signed_in
def media() -> Response:
    """What shows on the public page."""
    return _page(house("texts"), {}, {}, 200)


@pages.post("/studio/pictures", endpoint="media_post")
@signed_in
def media_post() -> Response:
    """Take a photograph in, with words for it; or take one out."""
    role = house("texts")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        if words.get("out", "").isdecimal():
            with committing():
                actions.take_media_out(role, int(words["out"]))
        else:
            _take_in(role, words)
    except Invalid as fault:
        return _page(role, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.media", role))


def _take_in(role: Role, words: Mapping[str, str]) -> None:
    """Everything wrong is said at once; nothing is stored of a refused form. Raises Invalid."""
    alts, faults = (words.get("alt_de", ""), words.get("alt_en", "")), dict[str, str]()
    try:
        demand_alt(alts)
    except Invalid as fault:
        faults |= fault.faults
    sent: Any = request.files.get("picture")
    body = sent.read() if sent else b""
    size = (0, 0, "")
    try:
        size = looked_at(body)
    except Invalid as fault:
        faults |= fault.faults
    if faults:
        raise Invalid(faults)
    file = doors().storage.put(body, "orig")
    with committing():
        actions.add_photo(role, file, alts, size)


def looked_at(body: bytes) -> tuple[int, int, str]:
    """Width, height and mean colour of a photograph. Raises Invalid."""
    if not body:
        raise Invalid({"picture": _("Please choose a picture.")})
    try:
        seen = check(body)
    except NotAPicture as fault:
        raise Invalid({"picture": {
            "size": _("The picture is too large: at most 10 MB and 20 megapixels."),
            "kind": _("This kind of file cannot be taken: JPEG, PNG, WebP and AVIF can."),
        }.get(str(fault), _("This picture cannot be read."))}) from fault
    return seen.width, seen.height, tint_of(seen)


def _page(role: Role, typed: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    german = current_lang() == "de"
    rows = [((row.alt_de if german else row.alt_en) or row.alt_de or row.alt_en,
             _("shown") if row.renditions else _("its small copies are being made"), str(row.id))
            for row in media_of(role.producer_id)]
    return answer("producers/media.html", MediaPage(
        frame(role, "producers.media"), _("Pictures"),
        _("Your place and your work. Each picture is said in words as well."), [], [],
        [Box(_("Good to know"), [
            (_("Where a picture was taken is removed from the file."), ""),
            (_("No seals and no prices in pictures; evidence has a page of its own."), "")])],
        rows, here("producers.media_post", role), {**typed, "house": role.slug}, faults,
        {"picture": _("Picture"), "alt_de": _("What it shows, in German"),
         "alt_en": _("What it shows, in English")}), status)
