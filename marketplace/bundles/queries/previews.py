"""What the picture of a collage is made of, and the picture itself as pages draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, func, select

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.queries.bundles import WHERE
from marketplace.bundles.queries.rows import BundleRow, ItemRow, place_in
from marketplace.bundles.queries.words import photo_licence
from marketplace.bundles.rules import Place, photo_key, photo_named, side_of
from marketplace.catalog.models import Picture, Product, ProductText
from marketplace.catalog.queries import PictureView, ProductCard
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.foundation.database import db

NAMED = 6


@dataclass(frozen=True, slots=True)
class Laid:
    """A part of a collage with the stored pictures to draw it from: (width, name), smallest first;
    none where there is none.
    """

    place: Place
    title: str
    files: tuple[tuple[int, str], ...]
    drawn: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All that the picture of a collage shows, the lowest first."""

    background: str
    parts: Sequence[Laid]
    drawn_digest: str

    @property
    def digest(self) -> str:
        """Differs whenever the picture would."""
        return sha256(repr((self.background, self.parts)).encode()).hexdigest()[:32]


def layout_of(bundle_id: int) -> Layout | None:
    """A collage to be drawn; None for other bundles. Loads: 2 statements."""
    row = db.session.execute(select(Bundle.mode, Bundle.background, Bundle.preview, Bundle.photos)
                             .where(Bundle.id == bundle_id)).first()
    if row is None or row.mode != "collage":
        return None
    title = (select(func.min(ProductText.title)).where(ProductText.product_id == Product.id)
             .scalar_subquery())
    parts = db.session.execute(
        select(*WHERE, BundleItem.picture_key, Product.state, Product.slug, title.label("title"),
               Picture.file, Picture.kind, Picture.width, Picture.renditions)
        .join(Product, Product.id == BundleItem.product_id)
        .outerjoin(Picture, and_(Picture.id == Product.main_picture_id,
                                 Product.state.in_(PUBLIC)))
        .where(BundleItem.bundle_id == bundle_id, BundleItem.x.is_not(None))
        .order_by(BundleItem.z, BundleItem.pos)).all()
    return Layout(row.background, [_laid(part, row.photos or ()) for part in parts],
                  str((row.preview or {}).get("digest", "")))


def _laid(part: Any, photos: Sequence[Mapping[str, Any]]) -> Laid:
    own = photo_named(photos, part.picture_key)
    drawn = own is None and part.kind == "drawn"
    files = ((part.width, part.file),) if drawn else tuple(
        (width, name) for kind, width, name in (own["files"] if own else part.renditions or ())
        if kind == "webp")
    place = place_in(part)
    assert place is not None  # the statement asks for nothing else
    return Laid(place, part.title or part.slug, files, drawn)


def shown_goods(row: BundleRow) -> set[int]:
    """The goods that the picture of a bundle shows: all of a collage, else the first."""
    if row.preview:
        return {item.product_id for item in row.items}
    return {row.items[0].product_id} if row.items else set()


def picture_of(row: BundleRow, goods: Mapping[int, ProductCard]) -> PictureView | None:
    """The picture of a bundle: of a collage its own once it is made, else that of a part."""
    if row.mode == "collage" and not row.preview:
        return None
    if row.mode != "collage" and row.photos:
        return photo_view(row.photos[0])
    if row.mode != "collage" or not row.preview:
        first = goods.get(row.items[0].product_id) if row.items else None
        return first.picture if first else None
    files = tuple((width, f"/files/{name}") for width, name in row.preview["files"])
    return PictureView(
        layout_words(row, goods), files[-1][0], files[-1][0], row.background, "photo",
        files[-1][1], (), files, "; ".join(picture_credits(row, goods)), whole=True)


def picture_credits(row: BundleRow, goods: Mapping[int, ProductCard]) -> list[str]:
    """Who made the pictures of the parts, each once."""
    found = [card.picture.credit for item in row.items
             if (card := goods.get(item.product_id)) and card.picture and card.picture.credit
             and lying_photo(row, item) is None]
    found += [words for photo in row.photos if (words := _photo_credit(photo))]
    return list(dict.fromkeys(found))


def lying_photo(row: BundleRow, item: ItemRow) -> Mapping[str, Any] | None:
    """The own photo that a part of a free board shows, None for the picture of its producer."""
    return photo_named(row.photos, item.picture_key) if row.mode == "collage" else None


def photo_view(photo: Mapping[str, Any]) -> PictureView:
    """An own photo as pages draw it."""
    sets = {kind: tuple((w, f"/files/{name}") for k, w, name in photo["files"] if k == kind)
            for kind in ("avif", "webp")}
    return PictureView(photo["alt"], photo["width"], photo["height"], photo["tint"], "photo",
                       sets["webp"][-1][1], sets["avif"], sets["webp"], _photo_credit(photo))


def _photo_credit(photo: Mapping[str, Any]) -> str:
    """Who took it, under which licence; "" while nobody is to be named."""
    return f"{photo['credit']}, {photo_licence(photo['licence'])}" if photo["credit"] else ""


def more_photos(row: BundleRow) -> list[tuple[PictureView, str, str]]:
    """Own photos beside the picture of a bundle, with the address of the large one: those that do
    not lie on a free board, or all but the first.
    """
    lying = {item.picture_key for item in row.items}
    rest = [one for one in row.photos if photo_key(one) not in lying] \
        if row.mode == "collage" else row.photos[1:]
    return [(view, view.url, "") for view in map(photo_view, rest)]


def layout_words(row: BundleRow, goods: Mapping[int, ProductCard]) -> str:
    """A collage in words: its author's, else what lies where, from the top left on."""
    if row.alt:
        return row.alt
    lying = sorted((item for item in row.items if item.place and item.product_id in goods),
                   key=lambda item: _reading(item.place))
    words = [_("%(title)s %(where)s", title=goods[item.product_id].title, where=_where(item))
             for item in lying[:NAMED]]
    rest = len(row.items) - len(words)
    if rest:
        words.append(ngettext("%(num)s more part", "%(num)s more parts", rest))
    return ", ".join(words) + "." if words else row.title


def _reading(place: Place | None) -> tuple[int, int]:
    """The order of reading: by thirds from the top, then from the left."""
    if place is None:
        return 0, 0
    return ("top", "middle", "bottom").index(side_of(place)[0]), place.x


def _where(item: ItemRow) -> str:
    names = {
        ("top", "left"): _("at the top left"), ("top", "centre"): _("at the top"),
        ("top", "right"): _("at the top right"), ("middle", "left"): _("on the left"),
        ("middle", "centre"): _("in the middle"), ("middle", "right"): _("on the right"),
        ("bottom", "left"): _("at the bottom left"), ("bottom", "centre"): _("at the bottom"),
        ("bottom", "right"): _("at the bottom right")}
    return names[side_of(item.place)] if item.place else ""
