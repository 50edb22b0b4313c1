"""Vintages, batches and editions of a product."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.catalog import actions
from marketplace.catalog.actions import NewLot
from marketplace.catalog.actions.publishing import demand_same
from marketplace.catalog.forms import LotForm, facts_typed, read_facts
from marketplace.catalog.queries import shelves
from marketplace.catalog.queries.studio import Draft, OwnLot, lot_facts
from marketplace.catalog.views import pages
from marketplace.catalog.views.facts import fact_row, facts_shown
from marketplace.catalog.views.frame import lot_fields, own_product, plain
from marketplace.catalog.views.labels import labels_of
from marketplace.catalog.views.lot_page import lot_page
from marketplace.catalog.views.typed import keeps_typed, typed_before
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang


@pages.get("/studio/products/<int:product_id>/lots")
@signed_in
def new_lot(product_id: int) -> Response:
    """The next vintage, batch or edition."""
    return _new(own_product(product_id), typed_before(), {}, 200)


@pages.post("/studio/products/<int:product_id>/lots")
@keeps_typed
def new_lot_post(product_id: int) -> Response:
    """Copy the current lot without what is its own."""
    known, form = own_product(product_id), LotForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        with committing():
            row = actions.new_lot(product_id, NewLot(
                str(form.label.data), str(form.kind.data), form.made_on.data,
                form.best_before.data), person_id())
            lot_id, state = row.id, row.state
    except Invalid as fault:
        return _new(known, typed, fault.faults, 422)
    flash(_("Kept. It goes on sale once it says everything for itself and has stock.")
          if state == "coming" else _("Kept."), "good")
    return see_other(url_for("catalog.lot", product_id=product_id, lot_id=lot_id))


def _new(known: Draft, typed: Mapping[str, str], faults: Mapping[str, str], status: int
         ) -> Response:
    get = typed.get
    current = next((lot for lot in known.lots if lot.state == "current"), None)
    kind = current.kind if current else "batch"
    form = PlainForm(url_for("catalog.new_lot_post", product_id=known.id), [Section(
        _("What it is"), "", [
            Field("label", _("Its name"), get("label", ""), _("Such as 2024 or “Roast of 4 May”."),
                  optional=False, length=40),
            Field("kind", _("Kind"), get("kind", kind), kind="select", optional=False, choices=[
                ("vintage", _("vintage")), ("batch", _("batch")), ("edition", _("edition"))]),
            Field("made_on", _("Made on"), get("made_on", ""), type="date"),
            Field("best_before", _("Best before"), get("best_before", ""), type="date")])],
        faults, _("Make it"))
    lead = _("Everything of “%(label)s” is copied, except what a lot says for itself. It keeps "
             "its name and its ratings.", label=current.label) if current else _(
        "What is on sale now gets a name. From the next one on, each keeps its own ratings.")
    return plain(known, _("New vintage or lot"), lead, [form], status=status)


def own_lot(known: Draft, lot_id: int) -> OwnLot:
    """A lot of this product. Raises NotFound."""
    found = next((lot for lot in known.lots if lot.id == lot_id), None)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


@pages.get("/studio/products/<int:product_id>/lots/<int:lot_id>")
@signed_in
def lot(product_id: int, lot_id: int) -> Response:
    """One lot: what it says for itself, its variants, putting it on sale, stopping it."""
    known = own_product(product_id)
    return _lot(known, own_lot(known, lot_id), typed_before(), {}, 200)


@pages.post("/studio/products/<int:product_id>/lots/<int:lot_id>")
@keeps_typed
def lot_post(product_id: int, lot_id: int) -> Response:
    """Keep what it says, put it on sale, or stop it."""
    known = own_product(product_id)
    row, body = own_lot(known, lot_id), sent()
    step, fields = str(body.get("step", "")), lot_fields(known)
    typed = facts_typed(fields, body) | {"why": str(body.get("why", ""))}
    try:
        if step == "stop":
            with committing():
                actions.stop(product_id, typed["why"], lot_id, person_id())
        elif step == "start":
            with committing():
                actions.start_lot(product_id, lot_id)
        else:
            facts, faults = read_facts(fields, typed)
            if faults:
                raise Invalid(faults)
            with committing(), demand_same(product_id):
                actions.change_facts(product_id, shelves()[known.category_id], facts,
                                     current_lang(), lot_id)
    except Invalid as fault:
        return _lot(known, row, typed if step not in ("start", "stop") else {"why": typed["why"]},
                    fault.faults, 422)
    flash({"stop": _("Stopped: nobody can buy it any more."),
           "start": _("It is on sale.")}.get(step, _("Kept.")), "good")
    return see_other(url_for("catalog.lot", product_id=product_id, lot_id=lot_id))


def _lot(known: Draft, row: OwnLot, typed: Mapping[str, str], faults: Mapping[str, str],
         status: int) -> Response:
    fields = lot_fields(known)
    facts = {**(known.facts if row.state == "current" else {}), **lot_facts(row.id, current_lang())}
    filled = {**facts_shown(fields, facts), **typed}
    rows = [fact_row(field, filled, {**known.facts, **facts}, known.gathered.around)
            for field in fields]
    return lot_page(known, row, rows, filled, faults, labels_of(known.category_id), status)
