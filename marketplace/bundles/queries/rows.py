"""A bundle with its items, as pages need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.bundles.rules import Piece, Place


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A product in a bundle with the variant that would be bought and its price today.

    `fixed_id` is the variant that its author chose, None where any will do.
    """

    pos: int
    slot: str
    product_id: int
    variant_id: int | None
    qty: int
    note: str
    price_minor: int | None
    available: bool
    fixed_id: int | None = None
    place: Place | None = None
    picture_key: str = ""
    weight_g: int = 0
    deposit_minor: int = 0
    age_class: int = 0
    withdrawal: str = "yes"

    @property
    def piece(self) -> Piece:
        """The part as a comparison needs it."""
        return piece(self.product_id, self.slot, self.place)


def piece(product_id: int, slot: str, place: Place | None) -> Piece:
    """A part as a comparison needs it: where it lies, but not on which layer."""
    return Piece(product_id, slot, () if place is None else (
        place.x, place.y, place.w, place.h, place.rot, *place.crop))


def place_in(row: Any) -> Place | None:
    """Where a part lies, of a row with its numbers; None if it was never laid."""
    if row.x is None:
        return None
    return Place(row.x, row.y, row.w, row.h, row.rot, row.z, tuple(row.crop))


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A bundle with its items; `price_minor` is the sum of what can be had today."""

    id: int
    slug: str
    title: str
    words: str
    lang: str
    author_id: int | None
    group_id: int | None
    template_id: int | None
    occasion_id: int | None
    visibility: str
    state: str
    standing: str
    standing_reason: str | None
    published_at: datetime | None
    changed_at: datetime
    version: int
    up: int
    down: int
    added: int
    comments: int
    items: tuple[ItemRow, ...]
    own_vote: int
    licence: str = "CC-BY-SA-4.0"
    may_remix: bool = True
    parent_id: int | None = None
    root_id: int | None = None
    remixes: int = 0
    relation: str | None = None
    mode: str = "board"
    season: str | None = None
    alt: str = ""
    background: str = ""
    preview: Mapping[str, Any] | None = None
    not_here: Mapping[str, Any] | None = None
    saves: int = 0
    photos: tuple[Mapping[str, Any], ...] = ()
    blind_until: datetime | None = None
    blind: bool = False
    """Whether its author is not named yet; `author_id` is None for all others then."""

    @property
    def url(self) -> str:
        """The bundle's page."""
        return f"/bundles/{self.slug}"

    @property
    def price_minor(self) -> int:
        """The sum of today's prices."""
        return sum((item.price_minor or 0) * item.qty for item in self.items)


def waiting_photos(row: Any) -> Sequence[Mapping[str, Any]]:
    """What a file said of photos that did not come with it."""
    return list((row.not_here or {}).get("photos", ()))


def origins_elsewhere(row: Any) -> Sequence[Mapping[str, str]]:
    """Steps of its chain that are in another market, newest first: title, author, url."""
    return list((row.not_here or {}).get("origins", ()))
