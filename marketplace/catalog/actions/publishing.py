"""Putting products on sale, at once or once their producer was checked; taking them off."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog.events import ProductPublished, ProductWaits, ProductWithdrawn
from marketplace.catalog.models import Particular, Picture, Product
from marketplace.catalog.queries.around import around_of
from marketplace.catalog.queries.shelves import shelves
from marketplace.catalog.rules.templates import missing
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.producers.models import Producer

NOT_CHECKED_YET = ("draft", "open")
"""States of a producer whose trader data have not been ticked, or not in time."""


def publish(product_id: int) -> bool:
    """Put a draft on sale, or have it wait for its producer's check; whether it is on sale now.

    Raises Invalid naming everything that is missing. Changes products; announces.
    """
    product = db.session.get(Product, product_id, populate_existing=True)
    assert product is not None
    faults = _obstacles(product)
    if faults:
        raise Invalid(faults, _("Some things are missing before buyers can see it."))
    state = db.session.scalar(select(Producer.state).where(Producer.id == product.producer_id))
    if state in NOT_CHECKED_YET:
        product.wanted_at = product.wanted_at or clock.now()
        db.session.flush()
        announce(ProductWaits(product.id, product.producer_id))
        return False
    product.state, product.published_at = "published", product.published_at or clock.now()
    product.last_change_at, product.wanted_at = clock.now(), None
    db.session.flush()
    announce(ProductPublished(product.id, product.producer_id))
    return True


def publish_waiting(producer_id: int) -> None:
    """Put everything on sale that waited for its producer's check. Changes products."""
    for product_id in db.session.scalars(
            select(Product.id).where(Product.producer_id == producer_id, Product.state == "draft",
                                     Product.wanted_at.is_not(None)).order_by(Product.id)).all():
        publish(product_id)


def _obstacles(product: Product) -> dict[str, str]:
    shelf = shelves()[product.category_id]
    facts = {row.key: row.value for row in db.session.scalars(
        select(Particular).where(Particular.product_id == product.id))}
    faults = {field.key: _("Buyers have to know this before they order.")
              for field in missing(shelf.template, facts, around_of(product))}
    if not (product.not_for_de or product.not_for_en):
        faults["not_for"] = _("One honest sentence: for whom is it not?")
    if not product.place_of_making:
        faults["place_of_making"] = _("Where is it made?")
    if product.price_from_minor is None:
        faults["price"] = _("At least one variant with a price.")
    if not db.session.scalar(select(Picture.id).where(Picture.product_id == product.id).limit(1)):
        faults["picture"] = _("At least one picture with a description.")
    return faults


def withdraw(product_id: int, why: str) -> None:
    """Sell it no longer; the page with its ratings stays. Changes products; announces."""
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(state="withdrawn", withdrawn_why=why[:300],
                               last_change_at=clock.now()))
    announce(ProductWithdrawn(product_id, why))
