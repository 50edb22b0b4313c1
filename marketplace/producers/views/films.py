"""Films of a producer: known by their content, taken only with their words in writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import MOST_FILM_BYTES, Film, NotAFilm, film_of
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.actions.media import NewFilm, film_faults
from marketplace.producers.queries import Role
from marketplace.producers.views import pages
from marketplace.producers.views.frame import here, house
from marketplace.producers.views.media import looked_at, media_page
from marketplace.web.access import signed_in
from marketplace.web.answers import see_other
from marketplace.web.forms import clean

MOST_SENT = 4 * MOST_FILM_BYTES
"""A film up to here is told its limit beside its field; more is refused before it is read."""


@pages.url_value_preprocessor
def larger_films(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let a film be larger than other forms."""
    if endpoint == "producers.film_post":
        request.max_content_length = MOST_SENT


@pages.post("/studio/films", endpoint="film_post")
@signed_in
def film_post() -> Response:
    """Take a film in; everything wrong is said at once, and nothing is stored of a refused one."""
    role = house("texts")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        _take_in(role, words)
    except Invalid as fault:
        return media_page(role, words, fault.faults, 422)
    finally:
        for file in request.files.values():
            file.close()
    flash(_("Kept. The film stands on your page."), "good")
    return see_other(here("producers.media", role))


def _take_in(role: Role, words: Mapping[str, str]) -> None:
    new = NewFilm(words.get("film_de", ""), words.get("film_en", ""), words.get("transcript", ""),
                  words.get("lang", ""), words.get("licence", "producer"),
                  words.get("credit", ""), words.get("agreed") == "1")
    faults, still, film = film_faults(new), b"", None
    try:
        film = _film()
    except Invalid as fault:
        faults |= fault.faults
    try:
        still = _still()
    except Invalid as fault:
        faults |= {"still": fault.faults["picture"]}
    if faults or film is None:
        raise Invalid(faults)
    storage = doors().storage
    file, kept = storage.put(film.body, film.ending), storage.put(still, "orig") if still else None
    with committing():
        actions.add_film(role, file, len(film.body), new, kept)


def _film() -> Film:
    """The film that was sent. Raises Invalid."""
    sent: Any = request.files.get("film")
    body = sent.read(MOST_FILM_BYTES + 1) if sent else b""
    if not body:
        raise Invalid({"film": _("Please choose a film.")})
    try:
        return film_of(body)
    except NotAFilm as fault:
        raise Invalid({"film": {
            "size": _("The film is too large: at most 64 MB, which is about two minutes."),
            "kind": _("This kind of file cannot be taken: MP4 and WebM can."),
        }.get(str(fault), _("This film cannot be read to its end; please save it anew as MP4."))
        }) from fault


def _still() -> bytes:
    """The still picture that was sent; nothing is fine too. Raises Invalid."""
    sent: Any = request.files.get("still")
    body: bytes = sent.read() if sent else b""
    if body:
        looked_at(body)
    return body
