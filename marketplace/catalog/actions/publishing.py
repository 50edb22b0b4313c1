"""Putting products on sale, at once or once their producer was checked; taking them off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog.actions.hiding import demand_free
from marketplace.catalog.events import (
    ProductPaused,
    ProductPublished,
    ProductWaits,
    ProductWithdrawn,
)
from marketplace.catalog.models import Product
from marketplace.catalog.queries.readiness import gathered, obstacles
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.producers.models import Producer

NOT_CHECKED_YET = ("draft", "open")
"""States of a producer whose trader data have not been ticked, or not in time."""


def publish(product_id: int) -> bool:
    """Put a draft on sale, or have it wait for its producer's check; whether it is on sale now.

    What paused or was withdrawn comes back the same way; what was stopped does not. Raises Invalid
    naming everything that is missing, Conflict. Changes products; announces.
    """
    product = db.session.get(Product, product_id, populate_existing=True)
    assert product is not None
    demand_free(product_id)
    if product.state == "stopped":
        raise Conflict(_("It was stopped; only the operator can lift that."))
    demand_complete(product_id)
    state = db.session.scalar(select(Producer.state).where(Producer.id == product.producer_id))
    if state == "ended":
        raise Conflict(_("This house has ended; nothing of it is sold any more."))
    if state in NOT_CHECKED_YET:
        product.wanted_at = product.wanted_at or clock.now()
        db.session.flush()
        announce(ProductWaits(product.id, product.producer_id))
        return False
    product.state, product.published_at = "published", product.published_at or clock.now()
    product.last_change_at, product.wanted_at = clock.now(), None
    product.withdrawn_why, product.replaced_by, product.gaps_since = None, None, None
    db.session.flush()
    announce(ProductPublished(product.id, product.producer_id))
    return True


def demand_complete(product_id: int) -> None:
    """Raises Invalid naming everything that is missing or may not be said. Loads: 3 statements."""
    faults = obstacles(gathered([product_id], clock.today())[product_id])
    if faults:
        raise Invalid(faults, _("Some things are missing before buyers can see it."))


@contextmanager
def demand_same(product_id: int) -> Iterator[None]:
    """What buyers see may not lack more after a change than before. Raises Invalid."""
    before = gaps_of_shown(product_id)
    yield
    db.session.flush()
    worse = {name: words for name, words in gaps_of_shown(product_id).items()
             if before.get(name) != words}
    if worse:
        raise Invalid(worse, _("Buyers see this product, so this has to stand there."))


def gaps_of_shown(product_id: int) -> dict[str, str]:
    """What goods that buyers see lack; nothing of drafts and what is sold no longer."""
    found = gathered([product_id], clock.today()).get(product_id)
    if found is None or found.product.state not in ("published", "paused"):
        return {}
    return obstacles(found)


def publish_waiting(producer_id: int) -> None:
    """Put everything on sale that waited for its producer's check. Changes products.

    What may no longer be published stays a draft.
    """
    for product_id in db.session.scalars(
            select(Product.id).where(Product.producer_id == producer_id, Product.state == "draft",
                                     Product.held_state.is_(None),
                                     Product.wanted_at.is_not(None)).order_by(Product.id)).all():
        try:
            publish(product_id)
        except Invalid:
            continue


def withdraw(product_id: int, why: str, replaced_by: int | None = None) -> None:
    """Sell it no longer; the page with its ratings stays. Changes products; announces.

    `replaced_by` is another product of the same producer. Raises Invalid without a reason,
    Conflict for what was stopped.
    """
    if not why.strip():
        raise Invalid({"why": _("Please tell your buyers why.")})
    demand_free(product_id)
    own = _house_of(product_id)
    if db.session.scalar(select(Product.state).where(Product.id == product_id)) == "stopped":
        raise Conflict(_("It was stopped; only the operator can lift that."))
    if replaced_by is not None and (replaced_by == product_id
                                    or _house_of(replaced_by) != own):
        raise Invalid({"replaced_by": _("Please choose one of your own goods.")})
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(state="withdrawn", withdrawn_why=why[:300], wanted_at=None,
                               replaced_by=replaced_by, last_change_at=clock.now()))
    announce(ProductWithdrawn(product_id, why))


def _house_of(product_id: int) -> int | None:
    """Whose a product is. Loads: 1 statement."""
    return db.session.scalar(select(Product.producer_id).where(Product.id == product_id))


def pause(product_id: int, why: str) -> None:
    """Nothing can be ordered until the producer has seen to it. Changes products; announces."""
    product = db.session.get(Product, product_id, populate_existing=True)
    assert product is not None
    demand_free(product_id)
    product.state, product.withdrawn_why = "paused", why[:300]
    product.last_change_at = clock.now()
    db.session.flush()
    announce(ProductPaused(product_id, product.producer_id))


def mark_used(product_ids: Iterable[int]) -> None:
    """Note that goods were ordered or rated, so that nothing takes them away. Changes products."""
    db.session.execute(
        update(Product).where(Product.id.in_(sorted(set(product_ids))),
                              Product.used_at.is_(None))
        .values(used_at=clock.now()).execution_options(synchronize_session=False))
