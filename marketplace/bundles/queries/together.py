"""Which goods stand together in public bundles."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.rules import LEAST_AUTHORS
from marketplace.foundation.database import db

MOST = 500


SHOWN = (Bundle.visibility == "public", Bundle.state == "published",
         Bundle.standing.in_(("visible", "labelled")))


def goods_put_together() -> frozenset[int]:
    """Goods that enough different people put into public bundles to speak for something.

    Loads: 1 statement.
    """
    return frozenset(db.session.scalars(
        select(BundleItem.product_id).join(Bundle, Bundle.id == BundleItem.bundle_id)
        .where(*SHOWN).group_by(BundleItem.product_id)
        .having(func.count(func.distinct(Bundle.author_id)) >= LEAST_AUTHORS)))


def authors_together(product_ids: Collection[int]) -> Mapping[int, int]:
    """How many different people put each other product beside one of these into public bundles.

    Loads: 1 statement.
    """
    ids, other = list(product_ids), aliased(BundleItem)
    count = func.count(func.distinct(Bundle.author_id))
    rows = db.session.execute(
        select(other.product_id, count)
        .join(Bundle, Bundle.id == other.bundle_id)
        .join(BundleItem, BundleItem.bundle_id == other.bundle_id)
        .where(BundleItem.product_id.in_(ids), other.product_id.not_in(ids),
               *SHOWN)
        .group_by(other.product_id).order_by(count.desc(), other.product_id).limit(MOST))
    return dict(rows.all())
