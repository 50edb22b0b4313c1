"""The list of a producer's goods, quick changes in it, and a new product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import actions
from marketplace.catalog.actions import NewProduct
from marketplace.catalog.forms import NewProductForm, StockForm
from marketplace.catalog.models import Variant
from marketplace.catalog.queries import category_by_slug, shelf_path, shelves
from marketplace.catalog.queries.studio import OwnVariant, own_products
from marketplace.catalog.rules.mapping import price_minor
from marketplace.catalog.views import pages
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at, roles_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import plain_money
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20
MOST_MINOR = 10_000_000


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant with its two quick fields."""

    variant: OwnVariant
    price: str
    url: str
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product of the list."""

    title: str
    url: str
    public_url: str
    state: str
    state_words: str
    variants: Sequence[VariantRow]


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """A producer's goods."""

    producer: str
    rows: Sequence[GoodsRow]
    new_url: str
    pager: PagerView
    help_url: str


@dataclass(frozen=True, slots=True)
class NewProductPage:
    """The first step of a product."""

    producer: str
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    shelves: Sequence[tuple[str, str]]
    help_url: str


def own_house() -> Role:
    """The producer the person works for, with the right to change goods.

    Raises NotFound for people without one, NotYours for other roles.
    """
    role = role_at(person_id(), request.args.get("producer", ""))
    demand(role, "products")
    return role


def state_words(state: str) -> str:
    """A product's state in words."""
    return {"draft": _("draft, only you see it"), "published": _("on sale"),
            "paused": _("paused"), "withdrawn": _("no longer sold"),
            "stopped": _("stopped")}[state]


@pages.get("/studio/products")
@signed_in
def goods() -> Response:
    """What the producer sells, drafts first."""
    return _goods({}, 200)


def _goods(faulty: Mapping[int, Mapping[str, str]], status: int) -> Response:
    role, number = own_house(), asked_page()
    rows, count = own_products(role.producer_id, current_lang(), (number - 1) * A_PAGE, A_PAGE)
    shown = [GoodsRow(
        row.title, url_for("catalog.product", product_id=row.id),
        url_for("storefront.product", slug=row.slug) if row.state != "draft" else "",
        row.state, state_words(row.state),
        [VariantRow(v, plain_money(v.price_minor),
                    url_for("catalog.quick", variant_id=v.id, page=number),
                    faulty.get(v.id, {})) for v in row.variants]) for row in rows]
    page = GoodsPage(role.name, shown, url_for("catalog.new", producer=role.slug),
                     pager(Pages(shown, number, A_PAGE, count)),
                     url_for("dialogue.new", about="/studio/products"))
    return answer("catalog/goods.html", page, status)


@pages.post("/studio/variants/<int:variant_id>")
@signed_in
def quick(variant_id: int) -> Response:
    """Change price and stock of one variant. Raises NotFound for somebody else's."""
    variant, form = own_variant(variant_id), StockForm(sent())
    try:
        form.demand()
        with committing():
            change_price_and_stock(variant, str(form.price.data), int(form.stock.data or 0))
    except Invalid as fault:
        return _goods({variant_id: fault.faults}, 422)
    flash(_("Kept."), "good")
    back = request.args.get("back", "")
    return see_other(url_for("catalog.product", product_id=variant.product_id) if back
                     else url_for("catalog.goods", page=request.args.get("page") or None))


def own_variant(variant_id: int) -> Variant:
    """A variant of one of the person's producers. Raises NotFound, NotYours."""
    row = db.session.get(Variant, variant_id)
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if row is None or row.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    demand(roles[row.producer_id], "products")
    return row


def price_of(text: str) -> int:
    """A typed price in minor units. Raises Invalid."""
    minor = price_minor(text)
    if minor is None or not 1 <= minor <= MOST_MINOR:
        raise Invalid({"price": _("Please give a price such as 12.90.")})
    return minor


def change_price_and_stock(variant: Variant, price: str, stock: int) -> None:
    """Both at once, each only if it differs. Raises Invalid."""
    minor = price_of(price)
    if stock < variant.reserved:
        raise Invalid({"stock": _("%(n)s of these are ordered already.", n=variant.reserved)})
    if minor != variant.price_minor:
        actions.set_price(variant.id, minor, person_id())
    if stock != variant.on_hand:
        actions.correct(variant.id, stock)


@pages.get("/studio/products/new")
@signed_in
def new() -> Response:
    """Where it belongs and what it is called."""
    return _new({}, {}, 200)


@pages.post("/studio/products/new")
@signed_in
def new_post() -> Response:
    """A draft that only the producer sees."""
    role, form = own_house(), NewProductForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        shelf = category_by_slug(str(form.category.data))
        texts = {lang: (typed[f"title_{lang}"], "", "") for lang in ("de", "en")}
        with committing():
            made = actions.create(role.producer_id, NewProduct(shelf.id if shelf else 0, texts, []),
                                  person_id())
            product_id = made.id
    except Invalid as fault:
        faults = {("title_de" if name == "title" else name): words
                  for name, words in fault.faults.items()}
        return _new(typed, faults, 422)
    return see_other(url_for("catalog.product", product_id=product_id))


def _new(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role, lang = own_house(), current_lang()
    names = [(shelf.slug, " › ".join(one.name(lang) for one in shelf_path(shelf.id)))
             for shelf in shelves().values() if shelf.parent_id is not None]
    page = NewProductPage(role.name, url_for("catalog.new_post", producer=role.slug), typed, faults,
                          [("", _("please choose")), *sorted(names, key=lambda one: one[1])],
                          url_for("dialogue.new", about="/studio/products"))
    return answer("catalog/new.html", page, status)
