"""Which goods stand together in public bundles: as kept, and as the bundles themselves say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select, union, union_all
from sqlalchemy.orm import aliased

from marketplace.bundles.models import Bundle, BundleItem, PairCount
from marketplace.bundles.rules import LEAST_AUTHORS
from marketplace.foundation.database import db

MOST = 500


SHOWN = (Bundle.visibility == "public", Bundle.state == "published",
         Bundle.standing.in_(("visible", "labelled")))


def goods_put_together() -> frozenset[int]:
    """Goods that enough different people put beside another one. Loads: 1 statement."""
    return frozenset(db.session.scalars(union(
        select(PairCount.product_id), select(PairCount.other_id))))


def authors_together(product_ids: Collection[int]) -> Mapping[int, int]:
    """How many different people put each other product beside one of these into public bundles,
    where enough did; of several of these the one that most put it beside.

    Loads: 1 statement.
    """
    ids = list(product_ids)
    beside = union_all(*(
        select(other.label("goods"), PairCount.authors).where(one.in_(ids), other.not_in(ids))
        for one, other in ((PairCount.product_id, PairCount.other_id),
                           (PairCount.other_id, PairCount.product_id)))).subquery()
    most = func.max(beside.c.authors)
    rows = db.session.execute(select(beside.c.goods, most).group_by(beside.c.goods)
                              .order_by(most.desc(), beside.c.goods).limit(MOST))
    return dict(rows.all())


def pairs_counted(product_ids: Collection[int] | None = None, least: int = LEAST_AUTHORS
                  ) -> Mapping[tuple[int, int], int]:
    """How many people put two goods together, counted from the bundles; of all goods, or of pairs
    among these. Loads: 1 statement.
    """
    one, other = aliased(BundleItem), aliased(BundleItem)
    authors = func.count(func.distinct(Bundle.author_id))
    found = (select(one.product_id, other.product_id, authors)
             .join(other, (other.bundle_id == one.bundle_id) & (other.product_id > one.product_id))
             .join(Bundle, Bundle.id == one.bundle_id).where(*SHOWN)
             .group_by(one.product_id, other.product_id).having(authors >= least))
    if product_ids is not None:
        ids = list(product_ids)
        found = found.where(one.product_id.in_(ids), other.product_id.in_(ids))
    return {(low, high): n for low, high, n in db.session.execute(found)}


def pairs_to_change(product_ids: Collection[int] | None = None
                    ) -> Sequence[tuple[int, int, int]]:
    """Pairs that are kept otherwise than counted, with their authors, 0 where they go. Loads: 2
    statements.
    """
    there = select(PairCount.product_id, PairCount.other_id, PairCount.authors)
    if product_ids is not None:
        ids = list(product_ids)
        there = there.where(PairCount.product_id.in_(ids), PairCount.other_id.in_(ids))
    kept = {(low, high): n for low, high, n in db.session.execute(there)}
    true = pairs_counted(product_ids)
    return [*((*pair, n) for pair, n in sorted(true.items()) if kept.get(pair) != n),
            *((*pair, 0) for pair in sorted(kept.keys() - true.keys()))]
