"""A bundle with its items, as pages need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A product in a bundle with the variant that would be bought and its price today."""

    pos: int
    slot: str
    product_id: int
    variant_id: int | None
    qty: int
    note: str
    price_minor: int | None
    available: bool


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

    @property
    def url(self) -> str:
        """The bundle's page."""
        return f"/bundles/{self.slug}"

    @property
    def price_minor(self) -> int:
        """The sum of today's prices."""
        return sum((item.price_minor or 0) * item.qty for item in self.items)
