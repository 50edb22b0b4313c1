"""One product as its producer writes it: words, particulars, variants, pictures, on sale or not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, check, tint_of
from marketplace.catalog import actions
from marketplace.catalog.actions import NewProduct, NewVariant
from marketplace.catalog.forms import PictureForm, VariantForm, WordsForm
from marketplace.catalog.models import Product
from marketplace.catalog.queries import PictureView, occasions, picture_view, shelf_path, shelves
from marketplace.catalog.queries.studio import Draft, draft
from marketplace.catalog.rules.prices import UNITS
from marketplace.catalog.rules.templates import FactField, fields_of
from marketplace.catalog.views import pages
from marketplace.catalog.views.goods import VariantRow, price_of, state_words
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.producers.actions import demand
from marketplace.producers.queries import roles_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import plain_money
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang

FACT_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class FactRow:
    """A particular with its field's name and what stands in it."""

    name: str
    label: str
    unit: str
    mandatory: bool
    value: str


@dataclass(frozen=True, slots=True)
class ProductFormPage:
    """A product's own page in the studio."""

    title: str
    state: str
    state_words: str
    path: Sequence[str]
    goods_url: str
    public_url: str
    words_url: str
    variant_url: str
    picture_url: str
    sale_url: str
    version: int
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    labels: Mapping[str, str]
    facts: Sequence[FactRow]
    occasions: Sequence[tuple[str, str, bool]]
    variants: Sequence[VariantRow]
    units: Sequence[tuple[str, str]]
    pictures: Sequence[PictureView]
    help_url: str


def _own(product_id: int) -> Draft:
    """A product of one of the person's producers. Raises NotFound, NotYours."""
    found = draft(product_id, current_lang())
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if found is None or found.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    demand(roles[found.producer_id], "products")
    return found


def typed_fields(known: Draft) -> list[FactField]:
    """The particulars that are typed; amounts come from the variants."""
    return [field for field in fields_of(shelves()[known.category_id].template)
            if field.kind != "given"]


def _typed(known: Draft) -> dict[str, str]:
    typed = {"place_of_making": known.place_of_making}
    for lang in ("de", "en"):
        title, teaser, story = known.texts.get(lang, ("", "", ""))
        typed |= {f"title_{lang}": title, f"teaser_{lang}": teaser, f"story_{lang}": story,
                  f"not_for_{lang}": known.not_for[lang]}
    return typed


def _page(known: Draft, typed: Mapping[str, str], faults: Mapping[str, str],
          status: int = 200, chosen: frozenset[int] | None = None) -> Response:
    lang = current_lang()
    fields = typed_fields(known)
    kept = known.occasion_ids if chosen is None else chosen
    title = next((text[0] for text in known.texts.values() if text[0]), known.slug)
    page = ProductFormPage(
        known.texts.get(lang, (title,))[0] or title, known.state, state_words(known.state),
        [shelf.name(lang) for shelf in shelf_path(known.category_id)], url_for("catalog.goods"),
        url_for("storefront.product", slug=known.slug) if known.state == "published" else "",
        url_for("catalog.words_post", product_id=known.id),
        url_for("catalog.variant_post", product_id=known.id),
        url_for("catalog.picture_post", product_id=known.id),
        url_for("catalog.sale_post", product_id=known.id),
        known.version, typed, faults, _labels(fields),
        [_fact_row(field, known, typed) for field in fields],
        [(str(o.id), o.name(lang), o.id in kept) for o in occasions().values()],
        [VariantRow(v, plain_money(v.price_minor),
                    url_for("catalog.quick", variant_id=v.id, back="1"), {})
         for v in known.variants],
        [(unit, unit_words(unit)) for unit in UNITS],
        [view for row in known.pictures if (view := picture_view(row, lang))],
        url_for("dialogue.new", about="/studio/products"))
    return answer("catalog/product.html", page, status)


def unit_words(unit: str) -> str:
    """What an amount counts."""
    return {"ml": _("millilitres"), "g": _("grams"), "cm": _("centimetres"),
            "cm2": _("square centimetres"), "piece": _("pieces")}[unit]


def _labels(fields: Sequence[FactField]) -> dict[str, str]:
    lang = current_lang()
    return {"title": _("Name"), "not_for": _("For whom it is not"), "picture": _("Picture"),
            "place_of_making": _("Where it is made"), "price": _("Price"), "stock": _("Stock"),
            "alt": _("What it shows"), "sku": _("Your number"),
            **{f.key: f.de if lang == "de" else f.en for f in fields}}


def _fact_row(field: FactField, known: Draft, typed: Mapping[str, str]) -> FactRow:
    words = _printed(known.facts.get(field.key, ""))
    name = f"fact_{field.key}"
    return FactRow(name, field.de if current_lang() == "de" else field.en, field.unit,
                   field.mandatory, typed.get(name, words))


def _printed(value: object) -> str:
    """A particular as one line."""
    if isinstance(value, dict):
        return "; ".join(f"{part}: {amount}" for part, amount in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@pages.get("/studio/products/<int:product_id>")
@signed_in
def product(product_id: int) -> Response:
    """The product with everything that can be changed."""
    known = _own(product_id)
    return _page(known, _typed(known), {})


@pages.post("/studio/products/<int:product_id>")
@signed_in
def words_post(product_id: int) -> Response:
    """Keep words and particulars; two people at once: the second is told, nothing is lost."""
    known, body = _own(product_id), sent()
    form = WordsForm(body)
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    fields = typed_fields(known)
    facts = {f.key: str(body.get(f"fact_{f.key}", "")).strip() for f in fields}
    typed |= {f"fact_{key}": value for key, value in facts.items()}
    chosen = frozenset(o.id for o in occasions().values()
                       if str(o.id) in (form.occasions.data or []))
    try:
        form.demand()
        too_long = {key: _("This is too long.") for key, value in facts.items()
                    if len(value) > FACT_LENGTH}
        if too_long:
            raise Invalid(too_long)
        with committing():
            actions.edit(product_id, int(form.version.data or 0),
                         _changed(known, typed, facts, chosen), current_lang())
    except Invalid as fault:
        return _page(known, typed, fault.faults, 422, chosen)
    except Conflict as fault:
        return _page(known, typed, {"version": fault.sentence}, 409, chosen)
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.product", product_id=product_id))


def _changed(known: Draft, typed: Mapping[str, str], facts: Mapping[str, str],
             chosen: frozenset[int]) -> NewProduct:
    texts = {lang: (typed[f"title_{lang}"], typed[f"teaser_{lang}"], typed[f"story_{lang}"])
             for lang in ("de", "en")}
    if not any(text[0] for text in texts.values()):
        raise Invalid({"title_de": _("Please give it a name.")})
    return NewProduct(
        known.category_id, texts, (), typed["not_for_de"], typed["not_for_en"],
        typed["place_of_making"],
        facts={key: _fact_value(known, key, value) for key, value in facts.items()},
        occasion_ids=sorted(chosen))


def _fact_value(known: Draft, key: str, value: str) -> object:
    """A particular that was a list, or values by name, stays so; what was not touched stays."""
    if key in known.facts and value == _printed(known.facts[key]):
        return known.facts[key]
    if isinstance(known.facts.get(key), dict):
        pairs = [part.partition(":") for part in value.split(";") if ":" in part]
        return {name.strip(): amount.strip() for name, _colon, amount in pairs}
    if isinstance(known.facts.get(key), list):
        return [part.strip() for part in re.split(r"[,;]", value) if part.strip()]
    return value


@pages.post("/studio/products/<int:product_id>/variants")
@signed_in
def variant_post(product_id: int) -> Response:
    """Add what buyers can choose."""
    known, form = _own(product_id), VariantForm(sent())
    typed = {f"variant_{name}": str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        unit = str(form.unit.data or "piece")
        if unit not in UNITS:
            raise Invalid({"unit": _("Please choose one of the units.")})
        label = str(form.label.data or "")
        variant = NewVariant(
            str(form.sku.data), price_of(str(form.price.data)), int(form.stock.data or 0),
            int(form.amount.data or 1), unit, label, label, weight_g=int(form.weight_g.data or 0))
        with committing():
            row = db.session.get_one(Product, product_id)
            actions.add_variant(row, variant, len(known.variants), person_id())
            actions.refresh_copies(product_id)
    except Invalid as fault:
        return _page(known, _typed(known) | typed, fault.faults, 422)
    flash(_("Added."), "good")
    return see_other(url_for("catalog.product", product_id=product_id) + "#variants")


@pages.post("/studio/products/<int:product_id>/pictures")
@signed_in
def picture_post(product_id: int) -> Response:
    """Take a picture in; it is made small in the background."""
    known, form = _own(product_id), PictureForm(sent())
    typed = {name: str(form[name].data or "") for name in ("alt_de", "alt_en")}
    try:
        form.demand()
        body = form.picture.data.read() if hasattr(form.picture.data, "read") else b""
        width, height, tint = _looked_at(body)
        if not (typed["alt_de"] or typed["alt_en"]):
            raise Invalid({"alt": _("Please say in words what the picture shows.")})
        file = doors().storage.put(body, "orig")
        with committing():
            actions.add_picture(product_id, file, "photo", (width, height), tint,
                                typed["alt_de"], typed["alt_en"])
    except Invalid as fault:
        return _page(known, _typed(known) | typed, fault.faults, 422)
    flash(_("Taken in. It appears as soon as its small copies are made."), "good")
    return see_other(url_for("catalog.product", product_id=product_id) + "#pictures")


def _looked_at(body: bytes) -> tuple[int, int, str]:
    """Width, height and mean colour of a picture. Raises Invalid."""
    if not body:
        raise Invalid({"picture": _("Please choose a picture.")})
    try:
        seen = check(body)
    except NotAPicture as fault:
        raise Invalid({"picture": {
            "size": _("The picture is too large: at most 10 MB and 20 megapixels."),
            "kind": _("This kind of file cannot be taken: JPEG, PNG, WebP and AVIF can."),
        }.get(str(fault), _("This picture cannot be read."))}) from fault
    return seen.width, seen.height, tint_of(seen)


@pages.post("/studio/products/<int:product_id>/sale")
@signed_in
def sale_post(product_id: int) -> Response:
    """Put it on sale; what is missing stands beside its field."""
    known = _own(product_id)
    try:
        with committing():
            on_sale = actions.publish(product_id)
    except Invalid as fault:
        return _page(known, _typed(known), fault.faults, 422)
    if not on_sale:
        flash(_("It is ready and goes on sale by itself as soon as your house may sell."), "good")
        return see_other(url_for("catalog.product", product_id=product_id))
    flash(_("It is on sale."), "good")
    return see_other(url_for("storefront.product", slug=known.slug))
