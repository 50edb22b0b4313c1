"""What can be recommended, as lists and forms draw it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.bundles.models import Bundle
from marketplace.catalog import queries as catalog
from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.groups.queries import names
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer
from marketplace.producers.queries.pages import PUBLIC


@dataclass(frozen=True, slots=True)
class ThingView:
    """A product, bundle, producer or group with its page; `by` says whose it is."""

    thing: str
    id: int
    title: str
    url: str
    lang: str
    by: str = ""
    picture: Any = None


def things(
    wanted: Collection[tuple[str, int]], lang: str
) -> Mapping[tuple[str, int], ThingView]:
    """Things by kind and id; those without a page are left out. Loads: at most 4 statements."""
    by_kind: dict[str, set[int]] = {}
    for kind, thing_id in wanted:
        by_kind.setdefault(kind, set()).add(thing_id)
    found: dict[tuple[str, int], ThingView] = {}
    for card in catalog.cards(by_kind.get("product", ()), lang).values():
        found["product", card.id] = ThingView("product", card.id, card.title, card.url, card.lang,
                                              card.seller.name, card.picture)
    for maker in producers.cards(by_kind.get("producer", ()), lang).values():
        found["producer", maker.id] = ThingView("producer", maker.id, maker.name, maker.url, lang,
                                                maker.place)
    for view in _bundles(by_kind.get("bundle", ())):
        found["bundle", view.id] = view
    for group_id, (slug, name) in (names(by_kind["group"]) if "group" in by_kind else {}).items():
        found["group", group_id] = ThingView("group", group_id, name, f"/groups/{slug}", lang)
    return found


def _bundles(ids: Collection[int]) -> list[ThingView]:
    if not ids:
        return []
    rows = db.session.scalars(select(Bundle).where(
        Bundle.id.in_(list(ids)), Bundle.state == "published",
        Bundle.visibility.in_(("public", "members"))))
    return [ThingView("bundle", row.id, row.title, f"/bundles/{row.slug}", row.lang)
            for row in rows]


def thing_by(thing: str, slug: str, lang: str) -> ThingView | None:
    """A public thing by its address. Loads: 2 statements."""
    wanted = {
        "product": select(Product.id).where(Product.slug == slug, Product.state == "published"),
        "bundle": select(Bundle.id).where(Bundle.slug == slug, Bundle.visibility == "public"),
        "producer": select(Producer.id).where(Producer.slug == slug, Producer.state.in_(PUBLIC)),
    }[thing]
    found = db.session.scalar(wanted)
    return things([(thing, found)], lang).get((thing, found)) if found is not None else None
