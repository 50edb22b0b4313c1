"""Goods that a decision takes off all pages, and how they come back."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import announce
from marketplace.producers.models import Producer


def hide_product(product_id: int, hidden: bool) -> None:
    """Nobody finds, sees or buys it, or it is again what its house made of it; orders keep their
    copies. Changes products; announces ProductChanged.
    """
    product = db.session.get_one(Product, product_id, populate_existing=True)
    if hidden and product.held_state is None:
        product.held_state, product.state = product.state, "draft"
    elif not hidden and product.held_state is not None:
        product.state, product.held_state = product.held_state, None
        if product.state in ("published", "paused") and db.session.scalar(
                select(Producer.state).where(Producer.id == product.producer_id)) == "ended":
            product.state, product.withdrawn_why = "withdrawn", _("The house has ended.")
    else:
        return
    product.last_change_at = clock.now()
    db.session.flush()
    announce(ProductChanged(product_id, ("state",)))


def demand_free(product_id: int) -> None:
    """Raises Conflict for goods that a decision took away. Loads: 1 statement."""
    if db.session.scalar(select(Product.held_state).where(Product.id == product_id)):
        raise Conflict(_("A decision took this product away. You can appeal against it; until "
                         "then nothing of it can be put on sale or taken off."))
