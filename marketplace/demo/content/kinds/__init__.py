"""The shapes of the written content. Keys of the TOML files are the field names.

Days and hours are offsets: `days_ago` counts back from the day of loading, `hours` and
`after_hours` forward from the thing they answer. Money is in cents, weight in grams.
"""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.content.kinds.goods import (
    Evidence,
    Face,
    Habit,
    LabelStyle,
    Lot,
    News,
    PictureOrder,
    Producer,
    Product,
    Shipping,
    Staff,
    Trader,
    Variant,
)
from marketplace.demo.content.kinds.people import (
    CastMember,
    Group,
    GroupList,
    ListItem,
    Pick,
    Post,
    Proposal,
    Request,
    Topic,
    Writer,
)
from marketplace.demo.content.kinds.talk import (
    About,
    Answer,
    Appeal,
    Ask,
    AskAnswer,
    Bundle,
    BundleItem,
    Case,
    Decision,
    Pairing,
    Recommendation,
    Remark,
    Reply,
    Review,
    Thread,
)
from marketplace.demo.content.kinds.words import Words

__all__ = [
    "About",
    "Answer",
    "Appeal",
    "Ask",
    "AskAnswer",
    "Bundle",
    "BundleItem",
    "Case",
    "CastMember",
    "Content",
    "Decision",
    "Evidence",
    "Face",
    "Group",
    "GroupList",
    "Habit",
    "LabelStyle",
    "ListItem",
    "Lot",
    "News",
    "Pairing",
    "Pick",
    "PictureOrder",
    "Post",
    "Producer",
    "Product",
    "Proposal",
    "Recommendation",
    "Remark",
    "Reply",
    "Request",
    "Review",
    "Shipping",
    "Staff",
    "Thread",
    "Topic",
    "Trader",
    "Variant",
    "Words",
    "Writer",
]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that was written for the demo."""

    producers: tuple[Producer, ...]
    reviews: tuple[Review, ...]
    writers: tuple[Writer, ...]
    quiet: tuple[str, ...]
    cast: tuple[CastMember, ...]
    groups: tuple[Group, ...]
    threads: tuple[Thread, ...]
    recommendations: tuple[Recommendation, ...]
    asks: tuple[Ask, ...]
    pairings: tuple[Pairing, ...]
    bundles: tuple[Bundle, ...]
    cases: tuple[Case, ...]

    @property
    def products(self) -> tuple[Product, ...]:
        """All products, producer by producer."""
        return tuple(product for producer in self.producers for product in producer.products)

    @property
    def handles(self) -> frozenset[str]:
        """Everybody who exists: cast, writers, quiet members, staff."""
        staff = {one.handle for producer in self.producers for one in producer.staff}
        writers = {one.handle for one in self.writers}
        cast = {one.handle for one in self.cast}
        return frozenset(staff | writers | cast | set(self.quiet))
