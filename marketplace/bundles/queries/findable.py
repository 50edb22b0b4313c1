"""Bundles as search finds them: published ones, by whom they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.catalog.models import Product, ProductText
from marketplace.catalog.queries import occasions
from marketplace.foundation.database import db
from marketplace.foundation.findable import MEMBERS, PUBLIC, Findable, joined, of_group


def documents(ids: Collection[int]) -> list[Findable]:
    """Published bundles in lists, with the names of the goods in them; private ones and those with
    a link only are never found. Loads: 2 statements, occasions once a minute.
    """
    known, goods = occasions(), _goods(ids)
    rows = db.session.execute(
        select(Bundle.id, Bundle.title, Bundle.words, Bundle.occasion_id, Bundle.visibility,
               Bundle.group_id, Bundle.author_id, Bundle.published_at, Bundle.changed_at)
        .where(Bundle.id.in_(list(ids)), Bundle.state == "published",
               Bundle.standing.in_(("visible", "labelled")),
               Bundle.visibility.in_(("public", "members", "group"))))
    found = []
    for row in rows:
        audience = {"public": PUBLIC, "members": MEMBERS}.get(row.visibility,
                                                              of_group(row.group_id or 0))
        occasion = known.get(row.occasion_id)
        found.append(Findable(
            "bundle", row.id, row.title,
            joined(row.words, *((occasion.de, occasion.en) if occasion else ()),
                   goods.get(row.id)), row.published_at or row.changed_at, audience,
            row.author_id, occasions=(occasion.slug,) if occasion else ()))
    return found


def _goods(ids: Collection[int]) -> dict[int, str]:
    """What is in each, as far as anybody may see it."""
    titles: dict[int, dict[str, None]] = defaultdict(dict)
    for row in db.session.execute(
        select(BundleItem.bundle_id, ProductText.title)
        .join(ProductText, ProductText.product_id == BundleItem.product_id)
        .join(Product, Product.id == BundleItem.product_id)
        .where(BundleItem.bundle_id.in_(list(ids)), Product.state.in_(("published", "paused")))
        .order_by(BundleItem.pos, ProductText.lang)
    ):
        titles[row.bundle_id][row.title] = None
    return {one: joined(*words) for one, words in titles.items()}
