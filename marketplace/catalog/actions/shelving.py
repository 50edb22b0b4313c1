"""Moving a product to another shelf: number, code and ratings stay."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.catalog.actions.facts import renew_codes
from marketplace.catalog.actions.publishing import demand_same
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import Particular, Product
from marketplace.catalog.queries.readiness import gathered
from marketplace.catalog.queries.shelves import shelves
from marketplace.catalog.rules.templates import FOOD, fields_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce


def move(product_id: int, category_id: int) -> None:
    """Put a product on another shelf, with its tax and minimum age.

    Particulars that the other shelf does not know go. Raises Invalid when buyers see it and the
    other shelf asks for what it does not say. Changes products, particulars, fact_values.
    """
    shelf = shelves().get(category_id)
    if shelf is None:
        raise Invalid({"category": _("Please choose a category.")})
    product = db.session.get(Product, product_id, populate_existing=True)
    assert product is not None
    with demand_same(product_id):
        product.category_id, product.main_category_id = shelf.id, shelf.main_id
        product.age_class = shelf.age_class
        food = FOOD - {"wine", "spirits"}
        product.tax_category = "reduced" if shelf.template in food else "standard"
        product.last_change_at = clock.now()
        known = {field.key for field in fields_of(shelf.template)}
        db.session.execute(delete(Particular).where(
            Particular.product_id == product_id, Particular.key.not_in(known)))
        db.session.flush()
    one = gathered([product_id], clock.today())[product_id]
    renew_codes(product_id, shelf, one.facts, one.around)
    announce(ProductChanged(product_id, ("category",)))
