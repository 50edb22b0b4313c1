"""The list of a producer's goods with what each lacks, and quick changes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog import actions
from marketplace.catalog.forms import StockForm
from marketplace.catalog.models import Variant
from marketplace.catalog.queries.studio import OwnProduct, OwnVariant, own_products
from marketplace.catalog.queries.wanted import Wanted, wanted
from marketplace.catalog.rules.typed import read_price
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import own_house, state_words
from marketplace.catalog.views.labels import labels_of
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers.actions import demand
from marketplace.producers.queries import roles_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, plain_money
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20
MOST_MINOR = 10_000_000
LOW = 3


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant with its two quick fields; `low` is "" or that few are left."""

    variant: OwnVariant
    price: str
    url: str
    edit_url: str
    low: str
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product of the list; `missing` names what stands in the way of selling it."""

    title: str
    url: str
    public_url: str
    state: str
    state_words: str
    missing: Sequence[str]
    due: str
    variants: Sequence[VariantRow]
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """A producer's goods."""

    producer: str
    rows: Sequence[GoodsRow]
    new_url: str
    pager: PagerView
    help_url: str
    tools: Sequence[tuple[str, str]] = ()


@pages.get("/studio/products")
@signed_in
def goods() -> Response:
    """What the producer sells, drafts first."""
    return _goods({}, {}, 200)


def _goods(faulty: Mapping[int, Mapping[str, str]], typed: Mapping[str, str], status: int
           ) -> Response:
    role, number = own_house(), asked_page()
    rows, count = own_products(role.producer_id, current_lang(), (number - 1) * A_PAGE, A_PAGE)
    waiting = wanted([row.id for row in rows])
    shown = [_row(row, number, faulty, typed, waiting.get(row.id, Wanted()).words())
             for row in rows]
    page = GoodsPage(role.name, shown, url_for("catalog.new", producer=role.slug),
                     pager(Pages(shown, number, A_PAGE, count)),
                     url_for("dialogue.new", about="/studio/products"),
                     [(_("Import"), url_for("catalog.import_start", producer=role.slug)),
                      (_("Export"), url_for("catalog.export", producer=role.slug)),
                      (_("Stock"), url_for("orders.stock", producer=role.slug)),
                      (_("Labels with codes"), url_for("catalog.labels", producer=role.slug))])
    return answer("catalog/goods.html", page, status)


def _row(row: OwnProduct, number: int, faulty: Mapping[int, Mapping[str, str]],
         typed: Mapping[str, str], waiting: str) -> GoodsRow:
    labels = labels_of(row.category_id)
    return GoodsRow(
        row.title, url_for("catalog.product", product_id=row.id),
        url_for("storefront.product", slug=row.slug), row.state, state_words(row.state, row.held),
        [labels.get(name, words) for name, words in row.missing.items()],
        _("until %(day)s, then it pauses", day=day(row.due)) if row.due else "",
        [variant_row(v, faulty.get(v.id, {}), number,
                     typed.get("price", "") if v.id in faulty else "")
         for v in row.variants if v.active], waiting)


def variant_row(variant: OwnVariant, faults: Mapping[str, str], number: int = 1, typed: str = "",
                back: str = "") -> VariantRow:
    """A variant with its quick fields; what was typed wrongly stands there again."""
    left, low = variant.available, ""
    if not variant.made_to_order and left <= 0:
        low = _("sold out")
    elif not variant.made_to_order and left <= LOW:
        low = ngettext("only %(num)s left", "only %(num)s left", left)
    return VariantRow(variant, typed or plain_money(variant.price_minor),
                      url_for("catalog.quick", variant_id=variant.id, back=back or None,
                              page=None if back else number),
                      url_for("catalog.variant", variant_id=variant.id), low, faults)


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
        return _goods({variant_id: fault.faults}, {"price": str(form.price.data or "")}, 422)
    flash(_("Kept."), "good")
    if request.args.get("back"):
        return see_other(url_for("catalog.product", product_id=variant.product_id) + "#variants")
    return see_other(url_for("catalog.goods", page=request.args.get("page") or None))


def own_variant(variant_id: int) -> Variant:
    """A variant of one of the person's producers. Raises NotFound, NotYours."""
    row = db.session.get(Variant, variant_id)
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if row is None or row.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    demand(roles[row.producer_id], "products")
    return row


def price_of(text: str, name: str = "price") -> int:
    """A typed price in minor units. Raises Invalid with what was understood."""
    minor, understood = read_price(text, current_lang())
    if minor is None:
        raise Invalid({name: _("“%(text)s” is no price such as %(example)s.", text=understood,
                               example=plain_money(1290))})
    if not 1 <= minor <= MOST_MINOR:
        raise Invalid({name: _("We read %(price)s €. A price lies between %(low)s and "
                               "%(high)s €.", price=understood, low=plain_money(1),
                               high=plain_money(MOST_MINOR))})
    return minor


def change_price_and_stock(variant: Variant, price: str, stock: int) -> None:
    """Both at once, each only if it differs. Raises Invalid."""
    minor = price_of(price)
    if not variant.made_to_order and stock < variant.reserved:
        raise Invalid({"stock": _("%(n)s of these are ordered already.", n=variant.reserved)})
    if minor != variant.price_minor:
        actions.set_price(variant.id, minor, person_id())
    if stock != variant.on_hand:
        actions.correct(variant.id, stock)
