"""What buyers choose: a variant's label, options, amount, price and stock, and its reduction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.catalog import actions
from marketplace.catalog.actions import NewVariant, VariantWords
from marketplace.catalog.actions.reductions import low30_at, open_reduction
from marketplace.catalog.forms import VariantForm
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.queries.studio import Draft
from marketplace.catalog.rules.prices import UNITS, highest_reduced, unit_price
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import own_product, plain, unit_words
from marketplace.catalog.views.goods import change_price_and_stock, own_variant, price_of
from marketplace.catalog.views.typed import keeps_typed, typed_before
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import day, money, plain_money
from marketplace.web.forms import sent

OPTIONS = ("size", "colour", "volume")


@pages.get("/studio/products/<int:product_id>/variants")
@signed_in
def new_variant(product_id: int) -> Response:
    """A further variant: what it is, its price and stock."""
    return _page(own_product(product_id), None, typed_before(), {}, 200)


@pages.post("/studio/products/<int:product_id>/variants")
@keeps_typed
def variant_post(product_id: int) -> Response:
    """Add what buyers can choose."""
    known = own_product(product_id)
    typed, form = _typed()
    try:
        form.demand()
        words = _words(form, f"{known.code}-{len(known.variants) + 1}")
        price = price_of(str(form.price.data or ""))
        with committing():
            actions.check_variant(known.producer_id, words)
            lot = actions.current_lot(product_id)
            row = db.session.get_one(Product, product_id)
            actions.add_variant(row, NewVariant(
                words.sku, price, int(form.stock.data or 0), words.amount, words.unit,
                words.label_de, words.label_en, words.gtin or None, words.weight_g,
                lot.id if lot else None, words.made_to_order, words.lead_days, words.drained,
                words.deposit_minor, {name: text for name, text in words.options.items() if text}),
                len(known.variants), person_id())
            actions.refresh_copies(product_id)
    except Invalid as fault:
        return _page(known, None, typed, fault.faults, 422)
    flash(_("Added."), "good")
    return see_other(url_for("catalog.product", product_id=product_id) + "#variants")


@pages.get("/studio/variants/<int:variant_id>/edit")
@signed_in
def variant(variant_id: int) -> Response:
    """One variant with everything that can be changed, and its reduction."""
    row = own_variant(variant_id)
    return _page(own_product(row.product_id), row, typed_before(), {}, 200)


@pages.post("/studio/variants/<int:variant_id>/edit")
@keeps_typed
def variant_edit(variant_id: int) -> Response:
    """Keep what a variant is, with price and stock; or turn it off or on."""
    row = own_variant(variant_id)
    product_id, step = row.product_id, str(sent().get("step", ""))
    typed, form = _typed()
    try:
        if step in ("off", "on"):
            with committing():
                actions.turn(variant_id, step == "on")
        else:
            form.demand()
            with committing():
                actions.change_variant(variant_id, _words(form, row.sku))
                change_price_and_stock(row, str(form.price.data or ""), int(form.stock.data or 0))
    except Invalid as fault:
        return _page(own_product(product_id), own_variant(variant_id), typed, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.product", product_id=product_id) + "#variants")


@pages.post("/studio/variants/<int:variant_id>/reduction")
@signed_in
def reduction(variant_id: int) -> Response:
    """Begin a reduction, take its next step, or end it."""
    row, body = own_variant(variant_id), sent()
    product_id, step = row.product_id, str(body.get("step", ""))
    typed = {"reduced": str(body.get("reduced", "")), "kind": str(body.get("kind", ""))}
    try:
        with committing():
            if step == "end":
                actions.end_reduction(variant_id, person_id())
            else:
                actions.start_reduction(variant_id, price_of(typed["reduced"], "reduced"),
                                        typed["kind"] or "plain", person_id())
    except Invalid as fault:
        return _page(own_product(product_id), own_variant(variant_id), typed, fault.faults, 422)
    flash(_("The reduction has ended.") if step == "end" else
          _("Reduced from now on; the lowest price of 30 days stands beside it."), "good")
    return see_other(url_for("catalog.variant", variant_id=variant_id))


def _typed() -> tuple[dict[str, str], VariantForm]:
    form = VariantForm(sent())
    typed = {name: str(bound.data if bound.data is not None else "")
             for name, bound in form._fields.items()}
    return typed, form


def _words(form: VariantForm, sku: str) -> VariantWords:
    label, deposit = str(form.label.data or ""), str(form.deposit.data or "").strip()
    return VariantWords(
        str(form.sku.data or "") or sku, label, label, int(form.amount.data or 1),
        str(form.unit.data or "piece"), form.drained.data, int(form.weight_g.data or 0),
        str(form.gtin.data or "").replace(" ", ""), bool(form.made_to_order.data),
        form.lead_days.data, price_of(deposit, "deposit") if deposit.strip("0,. ") else 0,
        {name: str(form[name].data or "") for name in OPTIONS})


def _stored(row: Variant | None) -> dict[str, str]:
    if row is None:
        return {"unit": "piece", "amount": "1", "stock": ""}
    plain_values = {name: str(getattr(row, name) or "") for name in (
        "sku", "amount", "unit", "drained", "weight_g", "gtin", "lead_days")}
    return {**plain_values, "label": row.label_de or row.label_en,
            "price": plain_money(row.price_minor), "stock": str(row.on_hand),
            "deposit": plain_money(row.deposit_minor) if row.deposit_minor else "",
            "made_to_order": "1" if row.made_to_order else "",
            **{name: str(row.options.get(name, "")) for name in OPTIONS}}


def _page(known: Draft, row: Variant | None, typed: Mapping[str, str],
          faults: Mapping[str, str], status: int) -> Response:
    words = {**_stored(row), **typed}
    mine = {name: text for name, text in faults.items() if name not in ("reduced", "kind")}
    url = (url_for("catalog.variant_post", product_id=known.id) if row is None else
           url_for("catalog.variant_edit", variant_id=row.id))
    forms = [PlainForm(url, _sections(words), mine, _("Add") if row is None else _("Keep"))]
    boxes = []
    if row is not None:
        forms += _more(row, typed, faults)
        boxes = _boxes(row)
    title = _("A further variant") if row is None else words["label"] or row.sku
    return plain(known, title, "", forms, boxes, status=status)


def _sections(words: Mapping[str, str]) -> list[Section]:
    get = words.get
    return [
        Section(_("What buyers choose"), "", [
            Field("label", _("What it is called"), get("label", ""),
                  _("Such as “0.75 l” or “size M”."), length=80),
            Field("size", _("Size"), get("size", ""), length=40),
            Field("colour", _("Colour"), get("colour", ""), length=40),
            Field("volume", _("Volume"), get("volume", ""), length=40)]),
        Section(_("Price and stock"), _("A lower price here is a plain price; a reduction is "
                                        "below."), [
            Field("price", _("Price"), get("price", ""), after="€", optional=False, length=20),
            Field("deposit", _("Deposit"), get("deposit", ""), _("What comes back with the empty "
                  "bottle or box; it stands beside the price."), after="€", length=20),
            Field("stock", _("Stock"), get("stock", ""), type="number", optional=False),
            Field("made_to_order", _("Made when ordered"), get("made_to_order", ""),
                  kind="switch"),
            Field("lead_days", _("Made in days"), get("lead_days", ""), type="number")]),
        Section(_("Contents and parcel"), _("From the contents we compute the price per litre, "
                                            "kilogram or metre."), [
            Field("amount", _("Contents"), get("amount", ""), type="number", optional=False),
            Field("unit", _("Counted in"), get("unit", ""), kind="select", optional=False,
                  choices=[(unit, unit_words(unit)) for unit in UNITS]),
            Field("drained", _("Drained weight"), get("drained", ""), type="number", after="g",
                  hint=_("Only of what lies in liquid.")),
            Field("weight_g", _("Weight for the parcel"), get("weight_g", ""), type="number",
                  after="g"),
            Field("sku", _("Your number"), get("sku", ""), length=40,
                  hint=_("Left empty, we make one.")),
            Field("gtin", _("GTIN on the package"), get("gtin", ""), length=14)])]


def _more(row: Variant, typed: Mapping[str, str], faults: Mapping[str, str]) -> list[PlainForm]:
    """The reduction, and turning the variant off or on."""
    forms = []
    url = url_for("catalog.reduction", variant_id=row.id)
    if row.active:
        named = {name: text for name, text in faults.items() if name in ("reduced", "kind")}
        forms.append(PlainForm(url, [Section(
            _("Reduce"), _reduce_note(row), [
                Field("reduced", _("Reduced price"), typed.get("reduced", ""), after="€",
                      optional=False, length=20),
                Field("kind", _("Why"), typed.get("kind", "plain"), kind="select",
                      optional=False, choices=[
                    ("plain", _("a lower price for a while")),
                    ("perishable", _("it does not keep long any more"))])])],
            named, _("Reduce from now on")))
    if open_reduction(row.id) is not None:
        forms.append(PlainForm(url, [], {}, _("End the reduction"), [("step", "end")]))
    forms.append(PlainForm(
        url_for("catalog.variant_edit", variant_id=row.id), [], {},
        _("Offer it no longer") if row.active else _("Offer it again"),
        [("step", "off" if row.active else "on")]))
    return forms


def _reduce_note(row: Variant) -> str:
    """From which price on it would be a reduction."""
    try:
        low = low30_at(row, clock.now())
    except Invalid as fault:
        return fault.sentence
    return _("The lowest price of the last 30 days was %(low)s, from %(day)s on. Up to %(most)s "
             "it may be called reduced.", low=money(low.minor), day=_day(low.from_at),
             most=money(highest_reduced(low.minor)))


def _day(at: datetime) -> str:
    return day(at)


def _boxes(row: Variant) -> list[Box]:
    per = unit_price(row.price_minor, row.amount, row.unit, row.drained)
    lines = [(_("%(price)s per %(unit)s", price=money(per[0]), unit=per[1]), "")] if per else []
    if row.reserved:
        lines.append((_("%(n)s ordered", n=row.reserved), ""))
    running = open_reduction(row.id)
    if running is not None:
        lines.append((_("reduced since %(day)s", day=_day(running.from_at)),
                      money(running.low30_minor)))
    return [Box(_("Computed"), lines, _("Nothing yet."))]
