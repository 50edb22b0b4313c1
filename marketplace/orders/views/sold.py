"""Parts of orders that a person's house sold."""

from __future__ import annotations

from flask_babel import gettext as _

from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.orders.models import SellerOrder
from marketplace.orders.views.shapes import part_words
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, roles_of
from marketplace.web.access import person_id


def own_part_words(state: str) -> str:
    """A part's state, as its producer sees it."""
    return _("waits for payment") if state == "awaiting_payment" else part_words(state)


def own_sold(part_id_or_number: str, right: str = "orders") -> tuple[SellerOrder, Role]:
    """A part of one of the person's producers. Raises NotFound for all others."""
    part = db.session.scalar(
        db.select(SellerOrder).where(SellerOrder.number == part_id_or_number.upper()))
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if part is None or part.producer_id not in roles:
        raise NotFound(_("There is no such order here."))
    role = roles[part.producer_id]
    demand(role, right)
    return part, role
