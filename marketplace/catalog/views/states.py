"""What becomes of a product: its address, its shelf, sold no longer, stopped."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.catalog import actions
from marketplace.catalog.actions.products import link_elsewhere
from marketplace.catalog.actions.shelving import move
from marketplace.catalog.queries import category_by_slug, shelf_path, shelves
from marketplace.catalog.queries.codes import elsewhere_of
from marketplace.catalog.queries.studio import Draft, siblings
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import own_product, plain
from marketplace.catalog.views.typed import keeps_typed, typed_before
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang


@pages.get("/studio/products/<int:product_id>/state")
@signed_in
def state(product_id: int) -> Response:
    """Address, shelf, withdrawing and stopping."""
    return _page(own_product(product_id), typed_before(), {}, "", 200)


@pages.post("/studio/products/<int:product_id>/state")
@keeps_typed
def state_post(product_id: int) -> Response:
    """One of these steps."""
    known, body = own_product(product_id), sent()
    typed = {name: clean(str(body.get(name, ""))) or "" for name in (
        "slug", "category", "why", "stop_why", "replaced_by", "elsewhere")}
    step = str(body.get("step", ""))
    try:
        words = _take(known, step, typed)
    except Invalid as fault:
        faults = {("stop_why" if name == "why" and step == "stop" else name): text
                  for name, text in fault.faults.items()}
        return _page(known, typed, faults, step, 422)
    flash(words, "good")
    return see_other(url_for("catalog.product", product_id=product_id))


def _take(known: Draft, step: str, typed: Mapping[str, str]) -> str:
    """Take one step; what to say afterwards. Raises Invalid."""
    if step == "slug":
        with committing():
            slug = actions.rename(known.id, typed["slug"])
        return _("Its address is /products/%(slug)s now; the old one leads there.", slug=slug)
    if step == "elsewhere":
        with committing():
            link_elsewhere(known.id, typed["elsewhere"])
        return _("Kept.")
    if step == "category":
        shelf = category_by_slug(typed["category"])
        if shelf is None:
            raise Invalid({"category": _("Please choose a category.")})
        with committing():
            move(known.id, shelf.id)
        return _("It stands on another shelf now.")
    if step == "withdraw":
        after = int(typed["replaced_by"]) if typed["replaced_by"].isdecimal() else None
        with committing():
            actions.withdraw(known.id, typed["why"], after)
        return _("It is sold no longer. Page and voices stay.")
    if step == "stop":
        with committing():
            actions.stop(known.id, typed["stop_why"], None, person_id())
        return _("Stopped: nobody can buy it any more.")
    raise Invalid({"step": _("Please choose one of these.")})


def _page(known: Draft, typed: Mapping[str, str], faults: Mapping[str, str], step: str,
          status: int) -> Response:
    url = url_for("catalog.state_post", product_id=known.id)

    def form(name: str, section: Section, button: str) -> PlainForm:
        return PlainForm(url, [section], faults if name == step else {}, button, [("step", name)])

    forms = [form("slug", _address(known, typed), _("Change the address")),
             form("category", _shelf(known, typed), _("Move it")),
             form("elsewhere", Section(_("Your own shop"), _(
                 "Named with its host below the price; buying here comes first."), [
                     Field("elsewhere", _("Address of this product there"),
                           typed.get("elsewhere", "") or elsewhere_of(known.id), "https://…",
                           length=300)]), _("Keep"))]
    if known.state not in ("withdrawn", "stopped") and known.published_at:
        forms.append(form("withdraw", _withdraw(known, typed), _("Sell it no longer")))
    if known.state != "stopped" and known.published_at:
        forms.append(form("stop", Section(
            _("Stop it"), _("For safety: at once, whatever is in a basket. Only the operator can "
                            "lift that. One lot alone is stopped on its own page."), [
                Field("stop_why", _("Why"), typed.get("stop_why", ""), optional=False,
                      length=300, kind="area")]), _("Stop it now")))
    return plain(known, _("Address, shelf, end"), _("Number, ratings and old orders stay with the "
                                                    "product, whatever is changed here."),
                 forms, status=status)


def _address(known: Draft, typed: Mapping[str, str]) -> Section:
    return Section(_("Address"), _("The old address leads to the new one for good."), [
        Field("slug", _("Address"), typed.get("slug", "") or known.slug, "/products/…",
              optional=False, length=90)])


def _shelf(known: Draft, typed: Mapping[str, str]) -> Section:
    lang = current_lang()
    names = sorted(((one.slug, " › ".join(part.name(lang) for part in shelf_path(one.id)))
                    for one in shelves().values() if one.parent_id is not None),
                   key=lambda row: row[1])
    now = shelves()[known.category_id].slug
    return Section(_("Shelf"), _("Another shelf may ask for other particulars; those that both "
                                 "know stay."), [
        Field("category", _("On which shelf"), typed.get("category", "") or now, kind="select",
              choices=names, optional=False)])


def _withdraw(known: Draft, typed: Mapping[str, str]) -> Section:
    others = [("", _("nothing yet")), *((str(i), title) for i, title in siblings(
        known.producer_id, known.id, current_lang()))]
    return Section(_("Sell it no longer"), _("The page stays with its voices and says why."), [
        Field("why", _("Why"), typed.get("why", ""), _("Such as: the last cask is empty."),
              optional=False, length=300),
        Field("replaced_by", _("What comes after it"), typed.get("replaced_by", ""),
              kind="select", choices=others)])
