"""Parts laid freely: everybody gets a place, and what cannot lie anywhere is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.rules import SEASONS, Place, beside, layered, place_fault, spread
from marketplace.bundles.rules.documents import COLOUR
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue


@dataclass(frozen=True, slots=True)
class ItemWish:
    """A product somebody puts into a slot, and where it lies on a free board."""

    slot: str
    product_id: int
    qty: int = 1
    note: str = ""
    variant_id: int | None = None
    place: Place | None = None
    picture_key: str = ""


def laid(items: Sequence[ItemWish]) -> list[ItemWish]:
    """The same parts, each with a place of its own and layers from 1 up without gaps."""
    if len(items) > 1 and all(item.place is None for item in items):
        places = spread(len(items))
    else:
        places = [item.place for item in items if item.place is not None]
        places = [item.place or _added(places) for item in items]
    return [replace(item, place=place)
            for item, place in zip(items, layered(places), strict=True)]


def _added(places: list[Place]) -> Place:
    places.append(beside(places))
    return places[-1]


def place_faults(items: Sequence[ItemWish]) -> dict[str, str]:
    """What is wrong with where the parts lie, naming the first of them by its number."""
    words = {
        "number": _("positions are whole numbers."),
        "small": _("is too small: at least one percent of the board each way."),
        "outside": _("lies outside the board."),
        "turn": _("turns are from −180 to 179.9 degrees."),
        "crop": _("shows a part that is not on its picture.")}
    for number, item in enumerate(items, start=1):
        fault = place_fault(item.place) if item.place is not None else None
        if fault:
            return {"items": _("Part %(number)s: %(fault)s", number=number, fault=words[fault])}
    return {}


def look_faults(mode: str, alt: str, background: str, season: str | None) -> dict[str, str]:
    """What is wrong with how a board looks, by field."""
    faults = {}
    if mode not in ("board", "collage"):
        faults["mode"] = _("Please choose a board.")
    if len(alt) > 300:
        faults["alt"] = _("At most 300 characters.")
    if not COLOUR.fullmatch(background):
        faults["background"] = _("Please choose one of these.")
    if season and season not in SEASONS:
        faults["season"] = _("Please choose one of these.")
    return faults


def draw_anew(bundle_id: int) -> None:
    """The picture of a collage is made by a job, once for all that changes until then."""
    enqueue("bundles.render", f"bundle {bundle_id}", bundle_id=bundle_id)


def draw_with(product_id: int) -> None:
    """Every collage with this product gets a new picture. Changes jobs."""
    for bundle_id in db.session.scalars(
            select(Bundle.id).join(BundleItem, BundleItem.bundle_id == Bundle.id)
            .where(BundleItem.product_id == product_id, Bundle.mode == "collage")
            .distinct().order_by(Bundle.id)):
        draw_anew(bundle_id)


def keep_preview(bundle_id: int, digest: str, files: Sequence[tuple[int, str]]) -> None:
    """The picture of a collage is there. Changes bundles."""
    row = db.session.get(Bundle, bundle_id, populate_existing=True)
    if row is not None:
        row.preview = {"digest": digest, "files": [list(one) for one in files]}
        db.session.flush()
