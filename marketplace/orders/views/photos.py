"""Photos of complaints and proofs of sending: for the two parties, and who may look into a case."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries.photos import PhotoOf, photo_of
from marketplace.orders.views import pages
from marketplace.producers.queries import staff_ids
from marketplace.web.access import guest_orders, person, viewer_id
from marketplace.web.answers import machine

TYPES = {"webp": "image/webp", "avif": "image/avif", "svg": "image/svg+xml", "png": "image/png"}


def photo_urls(number: str, files: Sequence[str]) -> list[str]:
    """Where the photos of an order, or of a part of it, are shown to who may see them."""
    return [url_for("orders.photo", number=number.partition("-")[0], name=name)
            for name in files]


@pages.get("/orders/<number>/photos/<name>", endpoint="photo")
@machine
def photo(number: str, name: str) -> Response:
    """One photo; nobody else learns whether it exists."""
    found = photo_of(number.upper(), name, _reader())
    if found is None or not _may_see(found):
        raise NotFound(_("There is nothing at this address."))
    return photo_answer(name)


def _reader() -> str:
    """The name of somebody who runs the market; "" for everybody else."""
    who = person() if viewer_id() is not None else None
    return who.name if who is not None and who.is_operator else ""


def _may_see(found: PhotoOf) -> bool:
    """The buyer, the guest's browser, people of the house, an operator who said why today."""
    me = viewer_id()
    if me is not None and (me == found.buyer_id or found.read
                           or me in staff_ids(found.producer_id)):
        return True
    return found.is_guests(guest_orders())


def photo_answer(name: str) -> Response:
    """The picture, kept by this browser alone and only for a while. Raises NotFound."""
    try:
        body = doors().storage.open(name)
    except FileNotFoundError as fault:
        raise NotFound(_("There is nothing at this address.")) from fault
    given = make_response(body)
    given.mimetype = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    given.headers["Cache-Control"] = "private, max-age=600"
    given.headers["Content-Security-Policy"] = "default-src 'none'"
    given.headers["X-Robots-Tag"] = "noindex"
    return given
