"""Goods that stand together in bundles are counted again where something changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.bundles.models import BundleItem, PairCount
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue


def count_pairs_of(bundle_id: int, before: Iterable[int] = ()) -> None:
    """Pairs among the goods of a bundle, and those that were in it before, are counted by a job.

    Changes jobs.
    """
    now = db.session.scalars(select(BundleItem.product_id).where(
        BundleItem.bundle_id == bundle_id))
    goods = sorted({*now, *before})
    if len(goods) > 1:
        enqueue("bundles.pairs_of", product_ids=goods)


def keep_pairs(pairs: Sequence[tuple[int, int, int]]) -> None:
    """Keep how many people put two goods together; 0: not enough any more. Changes pair_counts."""
    table, to = PairCount.__table__, db.session.connection()
    rows = [{"product_id": low, "other_id": high, "authors": n} for low, high, n in pairs if n]
    gone = [{"low": low, "high": high} for low, high, n in pairs if not n]
    if rows:
        dialect = postgresql if to.dialect.name == "postgresql" else sqlite
        new = dialect.insert(PairCount)
        to.execute(new.on_conflict_do_update(
            index_elements=["product_id", "other_id"],
            set_={"authors": new.excluded.authors}), rows)
    if gone:
        to.execute(table.delete().where(  # type: ignore[attr-defined]
            table.c.product_id == bindparam("low"), table.c.other_id == bindparam("high")), gone)
