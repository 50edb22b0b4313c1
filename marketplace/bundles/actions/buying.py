"""A whole bundle into a basket."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import update

from marketplace.bundles.events import BundleAdded
from marketplace.bundles.models import Bundle
from marketplace.bundles.queries import BundleRow
from marketplace.checkout.actions import Wanted, add_many
from marketplace.checkout.models import Basket
from marketplace.foundation.database import db
from marketplace.foundation.events import announce

NOTHING: Mapping[int, int] = MappingProxyType({})


def into_basket(
    bundle: BundleRow, basket: Basket, lang: str, left_out: frozenset[int] = frozenset(),
    instead: Mapping[int, int] = NOTHING,
) -> list[str]:
    """Put every part into the basket as one set; the titles of what stands in the way.

    `left_out` holds positions the buyer leaves out, `instead` the variant chosen for a position;
    its line remembers what it stands in for. Changes the basket; announces BundleAdded.
    """
    items = [item for item in bundle.items if item.pos not in left_out]
    missing = [item for item in items if item.variant_id is None and item.pos not in instead]
    wanted = [Wanted(instead[item.pos], item.qty, item.variant_id) if item.pos in instead
              else Wanted(item.variant_id or 0, item.qty) for item in items]
    if missing or not wanted:
        return ["?"] * max(1, len(missing))
    blocked = [one.title or "?" for one in add_many(
        basket, wanted, ("bundle", bundle.slug), f"bundle-{bundle.id}", bundle.title, lang)]
    if not blocked:
        db.session.execute(update(Bundle).where(Bundle.id == bundle.id)
                           .values(added=Bundle.added + 1)
                           .execution_options(synchronize_session=False))
        announce(BundleAdded(bundle.id, basket.person_id,
                             tuple(item.product_id for item in items)))
    return blocked
