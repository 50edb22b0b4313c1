"""What buyers do by themselves: another address, wait, keep or cancel, say that it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.orders import actions
from marketplace.orders.actions import promising, readdressing
from marketplace.orders.actions.parcels import publish_note
from marketplace.orders.actions.sets import answer_set
from marketplace.orders.models import Parcel
from marketplace.orders.queries import OrderView, order_for
from marketplace.orders.views import pages
from marketplace.orders.views.complaints import bought_part
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import country_name
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class AddressPage:
    """Where an order goes, to be changed."""

    number: str
    form: PlainForm
    back_url: str
    help_url: str


@pages.get("/orders/<number>/address")
def address(number: str) -> Response:
    """The form with where the order goes now."""
    found = order_for(number, viewer_id(), guest_orders())
    return _address(found, {name: str(found.ship_to.get(name) or "")
                            for name in readdressing.FIELDS}, {}, 200)


def _address(found: OrderView, typed: Mapping[str, str], faults: Mapping[str, str], status: int
             ) -> Response:
    words = {"name": _("Name"), "street": _("Street and number"), "extra": _("Addition"),
             "postcode": _("Postcode"), "city": _("Town")}
    here = url_for("orders.order", number=found.number)
    country = country_name(str(found.ship_to.get("country") or ""))
    form = PlainForm(url_for("orders.address_post", number=found.number), [Section(
        _("Where it goes"), _("In %(country)s, as long as nobody packs.", country=country),
        [Field(name, words[name], typed.get(name, ""), optional=name == "extra", length=most)
         for name, most in readdressing.FIELDS.items()])], faults, _("Change the address"))
    return answer("orders/address.html", AddressPage(
        found.number, form, here, url_for("dialogue.new", about=here)), status)


@pages.post("/orders/<number>/address", endpoint="address_post")
def address_post(number: str) -> Response:
    """Send it elsewhere."""
    found = order_for(number, viewer_id(), guest_orders())
    typed = {name: clean(request.form.get(name)) or "" for name in readdressing.FIELDS}
    try:
        with committing():
            readdressing.readdress(found.id, typed)
    except Invalid as fault:
        return _address(found, typed, fault.faults, 422)
    flash(_("Kept. All sellers send it there."), "good")
    return see_other(url_for("orders.order", number=number))


@pages.post("/orders/<number>/parts/<int:position>/wait", endpoint="wait")
def wait(number: str, position: int) -> Response:
    """Please not before a day; or, after a delay: I wait."""
    _found, part = bought_part(number, position)
    typed = request.form.get("day", "")
    try:
        with committing():
            if typed:
                promising.wait_until(part.id, _day(typed))
            else:
                promising.waits(part.id)
    except Invalid as fault:
        flash(fault.sentence, "bad")
    else:
        flash(_("Kept. %(name)s sees it.", name=part.seller["name"]), "good")
    return see_other(url_for("orders.order", number=number) + f"#part-{position}")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        raise Invalid({"day": _("Please choose a day.")}) from fault


@pages.post("/orders/<number>/lines/<int:line_id>/set", endpoint="set_line")
def set_line(number: str, line_id: int) -> Response:
    """Keep or cancel a part of a set that is not whole any more."""
    found = order_for(number, viewer_id(), guest_orders())
    if line_id not in {line.id for part in found.parts for line in part.lines}:
        raise NotFound(_("There is no such order here."))
    try:
        with committing():
            answer_set(line_id, request.form.get("answer", ""))
    except Invalid as fault:
        flash(fault.sentence, "bad")
    else:
        flash(_("Kept."), "good")
    return see_other(url_for("orders.order", number=number))


def _parcel(number: str, code: str) -> Parcel:
    """A parcel of one's own order. Raises NotFound."""
    found = order_for(number, viewer_id(), guest_orders())
    row = next((p for part in found.parts for p in part.parcels if p.code == code.upper()), None)
    if row is None:
        raise NotFound(_("There is no such order here."))
    return row


@pages.post("/orders/<number>/parcels/<code>", endpoint="parcel_act")
def parcel_act(number: str, code: str) -> Response:
    """It came; or its note may be read by everybody, or by nobody again."""
    row, act = _parcel(number, code), request.form.get("act", "")
    with committing():
        if act == "arrived":
            actions.deliver_parcel(row.id, "buyer")
        elif act in ("publish", "hide") and (row.note or row.note_picture):
            publish_note(row.id, act == "publish")
        else:
            raise Conflict(_("There is no such step."))
    flash(_("Kept."), "good")
    db.session.rollback()
    return see_other(url_for("orders.order", number=number))


@pages.get("/notes/<code>")
def parcel_note(code: str) -> Response:
    """A note that its recipient shows to everybody; nobody else is named."""
    row = db.session.scalar(db.select(Parcel).where(
        Parcel.code == code.upper(), Parcel.published_at.is_not(None)))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return answer("orders/note.html", NotePage(row.note, row.note_picture or "",
                                               row.made_by or ""))


@dataclass(frozen=True, slots=True)
class NotePage:
    """A personal note that came in a parcel."""

    words: str
    picture: str
    by: str
