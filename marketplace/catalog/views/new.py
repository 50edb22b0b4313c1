"""A new product: the shelf first, then only what that shelf has to say, then a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog import actions
from marketplace.catalog.actions import NewProduct, NewVariant
from marketplace.catalog.forms import NewProductForm, VariantForm, facts_typed, read_facts
from marketplace.catalog.models import Product
from marketplace.catalog.queries import Shelf, category_by_slug, shelf_path, shelves
from marketplace.catalog.queries.around import house_given
from marketplace.catalog.rules.fields import Around, FactField
from marketplace.catalog.rules.prices import UNITS
from marketplace.catalog.rules.templates import FOOD, fields_of
from marketplace.catalog.views import pages
from marketplace.catalog.views.facts import FactRow, fact_row
from marketplace.catalog.views.frame import own_house, unit_words
from marketplace.catalog.views.goods import price_of
from marketplace.catalog.views.labels import labels_of
from marketplace.catalog.views.pictures import Taken, looked_at
from marketplace.catalog.views.typed import keeps_typed, typed_before
from marketplace.catalog.views.withdrawals import WITHDRAWALS, withdrawal_choices
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.producers.queries import Role
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang

STARTING = {"wine": ("750", "ml"), "spirits": ("500", "ml"), "food": ("", "g"),
            "coffee_tea": ("250", "g")}


@dataclass(frozen=True, slots=True)
class NewProductPage:
    """The shelf, or with one chosen the fields it demands.

    `facts` are the demanded particulars that nothing else tells; the other language and the rest
    can be said later.
    """

    producer: str
    url: str
    lang: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    labels: Mapping[str, str]
    shelves: Sequence[tuple[str, str]]
    chosen: str
    path: str
    facts: Sequence[FactRow]
    units: Sequence[tuple[str, str]]
    withdrawals: Sequence[tuple[str, str]]
    again: bool
    help_url: str


@pages.get("/studio/products/new")
@signed_in
def new() -> Response:
    """Where it belongs, and then what has to be said of it."""
    before = typed_before()
    return _new(before or {"category": request.args.get("category", "")}, {}, 200, bool(before))


@pages.post("/studio/products/new")
@keeps_typed
def new_post() -> Response:
    """A draft that only the producer sees, whatever is still missing."""
    role, body = own_house(), sent()
    form, lang = NewProductForm(body), current_lang()
    shelf = category_by_slug(str(form.category.data or ""))
    fields = asked_fields(shelf)
    typed = {name: str(text) for name, text in body.items() if isinstance(text, str)}
    typed |= facts_typed(fields, body)
    facts, faults = read_facts(fields, typed)
    try:
        form.demand()
        if shelf is None:
            raise Invalid({"category": _("Please choose a category.")})
        if faults:
            raise Invalid(faults)
        variant, picture = _variant(body, role), _picture(form)
        with committing():
            product_id = _make(role, shelf, typed, facts, variant, lang)
            _add_picture(product_id, picture, str(form.alt.data or ""), lang)
    except Invalid as fault:
        named = {("title_de" if name == "title" else name): words
                 for name, words in {**faults, **fault.faults}.items()}
        return _new(typed, named, 422)
    flash(_("The draft is kept. Only you see it."), "good")
    return see_other(url_for("catalog.product", product_id=product_id))


def asked_fields(shelf: Shelf | None) -> list[FactField]:
    """What is typed for a shelf at first: demanded, and nothing else tells it."""
    if shelf is None:
        return []
    ticks = {"no_warnings", "made_before", "in_liquid", "nutrition_exempt"}
    return [field for field in fields_of(shelf.template)
            if field.kind != "given" and (field.mandatory or field.key in ticks)
            and field.only_if not in ("organic", "outside_eu") and _asked_here(field, shelf)]


def _asked_here(field: FactField, shelf: Shelf) -> bool:
    """Whether a field belongs to this shelf, and no default of the house fills it."""
    slugs = {one.slug for one in shelf_path(shelf.id)}
    place = {"honey": "honey", "sparkling": "sparkling-wine"}.get(field.only_if)
    return (place is None or place in slugs) and field.source not in (
        "maker", "address", "e_mail", "lot")


def _variant(body: Mapping[str, object], role: Role) -> NewVariant | None:
    """The first variant, if a price was typed. Raises Invalid."""
    form = VariantForm(body)
    form.demand()
    if not form.price.data:
        return None
    unit = str(form.unit.data or "piece")
    if unit not in UNITS:
        raise Invalid({"unit": _("Please choose one of the units.")})
    return NewVariant(str(form.sku.data or ""), price_of(str(form.price.data)),
                      int(form.stock.data or 0), int(form.amount.data or 1), unit,
                      str(form.label.data or ""), str(form.label.data or ""),
                      weight_g=int(form.weight_g.data or 0))


def _picture(form: NewProductForm) -> Taken | None:
    """The first picture, if one was chosen. Raises Invalid."""
    body = form.picture.data.read() if hasattr(form.picture.data, "read") else b""
    if not body:
        return None
    if not form.alt.data:
        raise Invalid({"alt": _("Please say in words what the picture shows.")})
    return looked_at(body)


def _make(role: Role, shelf: Shelf, typed: Mapping[str, str], facts: Mapping[str, object],
          variant: NewVariant | None, lang: str) -> int:
    texts = {one: (typed.get(f"title_{one}", ""), "", "") for one in ("de", "en")}
    withdrawal = typed.get("withdrawal") or "yes"
    if withdrawal not in WITHDRAWALS:
        raise Invalid({"withdrawal": _("Please choose one of these.")})
    new = NewProduct(
        shelf.id, texts, [], typed.get("not_for_de", ""), typed.get("not_for_en", ""),
        typed.get("place_of_making", "") or house_given(role.producer_id)["place"], withdrawal)
    made = actions.create(role.producer_id, new, person_id())
    actions.change_facts(made.id, shelf, facts, lang)
    if variant is not None:
        sku = variant.sku or f"{made.code}-1"
        row = db.session.get_one(Product, made.id)
        actions.add_variant(row, actions.with_sku(variant, sku), 0, person_id())
        actions.refresh_copies(made.id)
    return made.id


def _add_picture(product_id: int, picture: Taken | None, alt: str, lang: str) -> None:
    if picture is not None:
        words = (alt, "") if lang == "de" else ("", alt)
        actions.add_picture(product_id, picture.file, "photo", picture.size, picture.tint, *words)


def _new(typed: Mapping[str, str], faults: Mapping[str, str], status: int, again: bool = False
         ) -> Response:
    role, lang = own_house(), current_lang()
    shelf = category_by_slug(typed.get("category", ""))
    names = [(one.slug, " › ".join(part.name(lang) for part in shelf_path(one.id)))
             for one in shelves().values() if one.parent_id is not None]
    given = house_given(role.producer_id)
    amount, unit = STARTING.get(shelf.template if shelf else "", ("1", "piece"))
    filled = {"place_of_making": given["place"], "amount": amount, "unit": unit,
              "withdrawal": "yes", **typed}
    around = Around(given, frozenset(one.slug for one in shelf_path(shelf.id)) if shelf
                    else frozenset())
    page = NewProductPage(
        role.name, url_for("catalog.new_post", producer=role.slug), lang, filled, faults,
        labels_of(shelf.id if shelf else 0),
        [("", _("please choose")), *sorted(names, key=lambda one: one[1])],
        shelf.slug if shelf else "",
        " › ".join(one.name(lang) for one in shelf_path(shelf.id)) if shelf else "",
        [fact_row(field, filled, {}, around) for field in asked_fields(shelf)],
        [(one, unit_words(one)) for one in UNITS if not shelf or shelf.template not in FOOD
         or one in ("ml", "g", "piece")],
        withdrawal_choices(), again, url_for("dialogue.new", about="/studio/products"))
    return answer("catalog/new.html", page, status)
