"""Which goods stand together in public bundles."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.foundation.database import db

MOST = 500


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
               Bundle.visibility == "public", Bundle.state == "published",
               Bundle.standing.in_(("visible", "labelled")))
        .group_by(other.product_id).order_by(count.desc(), other.product_id).limit(MOST))
    return dict(rows.all())
