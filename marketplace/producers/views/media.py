"""Photographs and films of a producer's place and work, as its people hand them in."""

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
from marketplace.producers.actions.media import KEPT_FOR, demand_alt
from marketplace.producers.models import ProducerMedia
from marketplace.producers.queries import Role
from marketplace.producers.queries.media import media_of
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box
from marketplace.web.formats import day, size_words
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class MediaRow:
    """A picture or film as its house sees it; `gone` ones can be put back."""

    id: str
    words: str
    state: str
    icon: str
    gone: bool


@dataclass(frozen=True, slots=True)
class MediaPage(StudioPage):
    """Photographs and films with their words, and the forms for one more."""

    rows: Sequence[MediaRow]
    url: str
    film_url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    labels: Mapping[str, str]
    langs: Sequence[tuple[str, str]]
    licences: Sequence[tuple[str, str]]


@pages.get("/studio/pictures")
@signed_in
def media() -> Response:
    """What shows on the public page."""
    return media_page(house("texts"), {}, {}, 200)


@pages.post("/studio/pictures", endpoint="media_post")
@signed_in
def media_post() -> Response:
    """Take a photograph in, with words for it; take one out, or put one back."""
    role, said = house("texts"), _("Kept.")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        if words.get("out", "").isdecimal():
            with committing():
                actions.take_media_out(role, int(words["out"]))
            said = _("Taken out. For 30 days you can put it back.")
        elif words.get("back", "").isdecimal():
            with committing():
                actions.put_media_back(role, int(words["back"]))
        else:
            _take_in(role, words)
    except Invalid as fault:
        return media_page(role, words, fault.faults, 422)
    finally:
        for file in request.files.values():
            file.close()
    flash(said, "good")
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


def media_page(role: Role, typed: Mapping[str, str], faults: Mapping[str, str], status: int
               ) -> Response:
    """Everything handed in, above the two forms."""
    rows = [_row(row, current_lang()) for row in media_of(role.producer_id)]
    return answer("producers/media.html", MediaPage(
        frame(role, "producers.media"), _("Pictures and films"),
        _("Your place and your work. Each picture is said in words as well, and each film has its "
          "words in writing."), [], [],
        [Box(_("Good to know"), [
            (_("Where a picture or film was taken is removed from the file."), ""),
            (_("A film is loaded only once somebody starts it."), ""),
            (_("No seals and no prices in pictures; evidence has a page of its own."), "")])],
        rows, here("producers.media_post", role), here("producers.film_post", role),
        {**typed, "house": role.slug}, faults, _labels(),
        [("", _("please choose")), ("de", _("German")), ("en", _("English"))],
        list(licence_words().items())), status)


def _row(row: ProducerMedia, lang: str) -> MediaRow:
    words = (row.alt_de if lang == "de" else row.alt_en) or row.alt_de or row.alt_en
    if row.taken_out_at is not None:
        return MediaRow(str(row.id), words, _("taken out; can be put back until %(day)s",
                                              day=day(row.taken_out_at + KEPT_FOR)), "remove", True)
    if row.kind == "video":
        return MediaRow(str(row.id), words, _("film, %(size)s, shown",
                                              size=size_words(row.size_bytes)), "eye", False)
    if not row.renditions:
        return MediaRow(str(row.id), words, _("its small copies are being made"), "clock", False)
    return MediaRow(str(row.id), words, _("shown"), "eye", False)


def licence_words() -> dict[str, str]:
    """By what right a picture or film stands here."""
    return {"producer": _("we made it, or may use it"), "cc0": "CC0", "cc-by": "CC BY",
            "cc-by-sa": "CC BY-SA"}


def _labels() -> dict[str, str]:
    return {"picture": _("Picture"), "alt_de": _("What it shows, in German"),
            "alt_en": _("What it shows, in English"), "film": _("Film"),
            "still": _("A still picture, shown before it starts"),
            "film_de": _("What it shows, in German"), "film_en": _("What it shows, in English"),
            "transcript": _("Its words in writing"), "lang": _("Language of these words"),
            "licence": _("By what right it stands here"), "credit": _("Made by"),
            "agreed": _("Everybody who can be recognised agrees")}
