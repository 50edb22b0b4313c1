"""The free board: where things lie, as fields, as buttons, and as the script of the page says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from json import loads
from typing import Any

from flask import Response, jsonify, request
from flask_babel import gettext as _

from marketplace.bundles import actions
from marketplace.bundles.actions import ItemWish
from marketplace.bundles.queries import BundleRow, ItemRow, own_bundle
from marketplace.bundles.queries.previews import layout_words, lying_photo, photo_view
from marketplace.bundles.rules import BOARD, COLOURS, Place, photo_key, photo_named
from marketplace.bundles.views import pages
from marketplace.catalog.queries import PictureView, ProductCard
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.formats import moment
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

HUNDREDTHS, TENTHS = Decimal(100), Decimal(10)
MOST_LAYOUT_BYTES = 32_768
NUMBERS = ("x", "y", "w", "h", "rot", "z")


@dataclass(frozen=True, slots=True)
class Lying:
    """A part on the board as it is drawn: its box, the part of its picture, and its words."""

    pos: int
    name: str
    title: str
    place: Place
    file: str
    view: str
    size: tuple[int, int]
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CollageView:
    """The free board with all that lies on it, the lowest first, and what its script needs."""

    url: str
    alt: str
    background: str
    lying: Sequence[Lying]
    autosave: bool
    words: Mapping[str, str]


def wishes(row: BundleRow) -> list[ItemWish]:
    """All parts as they stand."""
    return [ItemWish(item.slot, item.product_id, item.qty, item.note, item.fixed_id, item.place,
                     item.picture_key) for item in row.items]


def collage_view(row: BundleRow, goods: Mapping[int, ProductCard], names: Sequence[str]
                 ) -> CollageView:
    """The board as it was saved last."""
    lying = [_lying(pos, name, item.place, goods.get(item.product_id), shown_picture(
        row, item, goods.get(item.product_id)))
             for pos, (name, item) in enumerate(zip(names, row.items, strict=True), start=1)
             if item.place is not None]
    return CollageView(
        f"{row.url}/layout", layout_words(row, goods), row.background,
        sorted(lying, key=lambda one: one.place.z), row.state != "published", {
            **push_words(), "saving": _("saving …"), "saved": _("saved"),
            "failed": _("not saved, it is tried again"), "undone": _("taken back"),
            "redone": _("done again"), "moved": _("moved"),
            "unsaved": _("not saved yet"),
            "conflict": _("Saved in another window meanwhile. Load this page anew.")})


def shown_picture(row: BundleRow, item: ItemRow, card: ProductCard | None) -> PictureView | None:
    """What a part looks like: an own photo on a free board, else as its producer shows it."""
    own = lying_photo(row, item)
    return photo_view(own) if own else card.picture if card else None


def picture_choices(row: BundleRow) -> list[tuple[str, str]]:
    """What a part of a free board may show; nothing to choose without own photos."""
    if not row.photos or row.mode != "collage":
        return []
    return [("", _("the producer's picture")), *((photo_key(one), _(
        "my photo: %(words)s", words=one["alt"])) for one in row.photos)]


def typed_picture(row: BundleRow, old: str) -> str:
    """The picture that was chosen for a part. A name that leads to no photo here, as a file may
    hold it, stays until one is chosen. Raises Invalid.
    """
    chosen = request.form.get("picture")
    if chosen is None or (not chosen and photo_named(row.photos, old) is None):
        return old
    if chosen and photo_named(row.photos, chosen[:40]) is None:
        raise Invalid({"items": _("Please choose one of the pictures.")})
    return chosen


def _lying(pos: int, name: str, place: Place, card: ProductCard | None,
           picture: PictureView | None) -> Lying:
    wide, high = (picture.width, picture.height) if picture else (BOARD, BOARD)
    left, top, width, height = place.crop
    view = " ".join(str(value) for value in (
        wide * left // BOARD, high * top // BOARD, max(1, wide * width // BOARD),
        max(1, high * height // BOARD)))
    file = "" if picture is None else picture.url if picture.kind == "drawn" else \
        picture.webp[min(1, len(picture.webp) - 1)][1]
    return Lying(pos, name, card.title if card else _("gone"), place, file, view, (wide, high),
                 (place.x + place.w / 2, place.y + place.h / 2))


def push_words() -> dict[str, str]:
    """What the buttons do, in words."""
    return {"left": _("to the left"), "right": _("to the right"), "higher": _("up"),
            "lower": _("down"), "larger": _("larger"), "smaller": _("smaller"),
            "turn": _("turn right"), "turn-back": _("turn left"), "front": _("to the front"),
            "back": _("to the back")}


def colours(own: str) -> list[tuple[str, str]]:
    """The papers that goods are laid on, and the board's own one."""
    names = (_("linen"), _("white"), _("sand"), _("sage"), _("mist"), _("lavender"), _("slate"))
    known = list(zip(COLOURS, names, strict=True))
    return known if own in COLOURS else [(own, own), *known]


def shown_place(place: Place) -> list[tuple[str, str, str]]:
    """The fields of a place: name, label, value in percent of the board or picture, or degrees."""
    left, top, width, height = place.crop
    rows = [("x", _("from the left"), place.x), ("y", _("from the top"), place.y),
            ("w", _("width"), place.w), ("h", _("height"), place.h)]
    crop = [("crop_x", _("picture from the left"), left),
            ("crop_y", _("picture from the top"), top), ("crop_w", _("picture width"), width),
            ("crop_h", _("picture height"), height)]
    return [*((name, label, _text(value, HUNDREDTHS)) for name, label, value in rows),
            ("rot", _("turn in degrees"), _text(place.rot, TENTHS)),
            *((name, label, _text(value, HUNDREDTHS)) for name, label, value in crop)]


def _text(value: int, unit: Decimal) -> str:
    shown = format((Decimal(value) / unit).normalize(), "f")
    return shown.replace(".", ",") if current_lang() == "de" else shown


def typed_place(place: Place | None) -> Place | None:
    """A place with what was typed into its fields. Raises Invalid."""
    if place is None or "x" not in request.form:
        return place
    crop = tuple(_typed(f"crop_{side}", value, HUNDREDTHS)
                 for side, value in zip("xywh", place.crop, strict=True))
    return replace(
        place, x=_typed("x", place.x, HUNDREDTHS), y=_typed("y", place.y, HUNDREDTHS),
        w=_typed("w", place.w, HUNDREDTHS), h=_typed("h", place.h, HUNDREDTHS),
        rot=_typed("rot", place.rot, TENTHS), crop=(crop[0], crop[1], crop[2], crop[3]))


def _typed(name: str, old: int, unit: Decimal) -> int:
    """A field in whole units; with more digits than are kept it is no such number."""
    words = request.form.get(name, "").strip().replace(",", ".").replace("−", "-")[:12]
    if not words:
        return old
    try:
        value = Decimal(words) * unit
        whole = int(value) if value.is_finite() else None
    except (InvalidOperation, OverflowError):
        whole = None
    if whole is None or whole != value or abs(whole) > BOARD * BOARD:
        raise Invalid({"items": _("Positions are numbers such as 12.5, with at most two digits "
                                  "behind the point.")})
    return whole


@pages.post("/bundles/<slug>/layout")
@signed_in
@limiter.limit("1200 per hour")
def layout(slug: str) -> Response:
    """Where everything lies now, as the script of the editor sends it; the new version."""
    row = own_bundle(slug, person_id())
    items = _placed(row, request.form.get("layout", ""))
    version = request.form.get("version", "")
    with committing():
        saved = actions.fill(row.id, person_id(), int(version) if version.isdecimal() and len(
            version) < 10 else 0, {}, items)
        number, at = saved.version, saved.changed_at
    return jsonify({"version": number, "saved": _("saved %(when)s", when=moment(at))})


def _placed(row: BundleRow, said: str) -> list[ItemWish]:
    """The parts of a bundle, each where the sent list says. Raises Invalid."""
    if len(said.encode()) > MOST_LAYOUT_BYTES:
        raise Invalid({"layout": _("This layout is longer than 32 kB.")})
    try:
        found = loads(said)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) != len(row.items):
        raise Invalid({"layout": _("The layout names each part of the bundle once, in its order.")})
    return [replace(item, place=_place(number, item.place, one))
            for number, (item, one) in enumerate(zip(wishes(row), found, strict=True), start=1)]


def _place(number: int, old: Place | None, said: Any) -> Place:
    """One place of a sent list; crops are changed by their fields alone. Raises Invalid."""
    if not isinstance(said, dict) or set(said) != set(NUMBERS) or any(
            type(value) is not int for value in said.values()):
        raise Invalid({"layout": _("Part %(number)s: x, y, w, h, rot and z are whole numbers.",
                                   number=number)})
    place = Place(*(said[name] for name in NUMBERS))
    return replace(place, crop=old.crop) if old else place
