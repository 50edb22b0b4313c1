"""What the studio's pages of one product share: whose it is, its shelf, the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import shelf_path, shelves
from marketplace.catalog.queries.studio import Draft, draft
from marketplace.catalog.rules.fields import FactField
from marketplace.catalog.rules.templates import fields_of
from marketplace.foundation.errors import NotFound
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at, roles_of
from marketplace.web.access import person_id
from marketplace.web.answers import answer
from marketplace.web.drawn_forms import Box, PlainForm
from marketplace.web.languages import current_lang
from marketplace.web.shapes import Link


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of forms about one product."""

    title: str
    kicker: str
    lead: str
    crumbs: Sequence[Link]
    forms: Sequence[PlainForm]
    boxes: Sequence[Box]
    notices: Sequence[tuple[str, str]]
    help_url: str


def own_house() -> Role:
    """The producer the person works for, with the right to change goods.

    Raises NotFound for people without one, NotYours for other roles.
    """
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, "products")
    return role


def own_product(product_id: int) -> Draft:
    """A product of one of the person's producers. Raises NotFound, NotYours."""
    found = draft(product_id, current_lang())
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if found is None or found.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    demand(roles[found.producer_id], "products")
    return found


def template_of(known: Draft) -> str:
    """The template of a product's shelf."""
    shelf = shelves().get(known.category_id)
    return shelf.template if shelf else ""


def typed_fields(known: Draft) -> list[FactField]:
    """The particulars that are typed here; amounts come from the variants.

    What a lot says for itself is typed on the lot's page, once there is a lot.
    """
    return [field for field in fields_of(template_of(known))
            if field.kind != "given" and not (field.per_lot and known.lots)]


def lot_fields(known: Draft) -> list[FactField]:
    """The particulars that each lot says for itself."""
    return [field for field in fields_of(template_of(known))
            if field.kind != "given" and field.per_lot]


def path_words(category_id: int) -> list[str]:
    """A shelf with those above it, in words."""
    return [shelf.name(current_lang()) for shelf in shelf_path(category_id)]


def crumbs_of(known: Draft, inside: bool = True) -> list[Link]:
    """The way back to the list, and to the product's own page from inside it."""
    rows = [(_("Studio"), url_for("dialogue.studio")), (_("Goods"), url_for("catalog.goods"))]
    if inside:
        rows.append((known.title, url_for("catalog.product", product_id=known.id)))
    return rows


def plain(known: Draft, title: str, lead: str, forms: Sequence[PlainForm],
          boxes: Sequence[Box] = (), notices: Sequence[tuple[str, str]] = (),
          status: int = 200) -> Response:
    """A page of forms about one product."""
    return answer("catalog/plain.html", PlainPage(
        title, known.title, lead, crumbs_of(known), forms, boxes, notices,
        url_for("dialogue.new", about="/studio/products")), status)


def unit_words(unit: str) -> str:
    """What an amount counts."""
    return {"ml": _("millilitres"), "g": _("grams"), "cm": _("centimetres"),
            "cm2": _("square centimetres"), "piece": _("pieces")}[unit]


def state_words(state: str, held: bool = False) -> str:
    """A product's state in words; `held`: a decision took it away."""
    if held:
        return _("taken away by a decision")
    return {"draft": _("draft, only you see it"), "published": _("on sale"),
            "paused": _("paused"), "withdrawn": _("no longer sold"),
            "stopped": _("stopped")}[state]
