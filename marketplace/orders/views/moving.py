"""What sellers do with parts: another day, pieces that cannot go, what became of a parcel."""

from __future__ import annotations

from datetime import date

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.orders import actions
from marketplace.orders.actions import astray
from marketplace.orders.actions import handing as leaving
from marketplace.orders.actions.promising import promise_day
from marketplace.orders.models import Parcel
from marketplace.orders.views import pages
from marketplace.orders.views.handing import handed
from marketplace.orders.views.part import part_page
from marketplace.orders.views.sold import own_sold
from marketplace.web.access import signed_in
from marketplace.web.answers import see_other
from marketplace.web.forms import clean, whole


@pages.post("/studio/orders/<number>/day", endpoint="new_day")
@signed_in
def new_day(number: str) -> Response:
    """Another day of dispatch, and why."""
    row, role = own_sold(number)
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return part_page(number, {"day": _("Please choose a day.")}, 422)
    try:
        with committing():
            promise_day(row.id, day, clean(request.form.get("reason")) or "", role.shown_name)
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.part", number=row.number))


@pages.post("/studio/orders/<number>/cut", endpoint="cut")
@signed_in
def cut(number: str) -> Response:
    """Pieces that cannot be sent, with the reason."""
    row, role = own_sold(number)
    pieces = {int(name[3:]): whole(request.form, name, 0, 1_000_000, 0) for name in request.form
              if name.startswith("out") and name[3:].isdecimal()}
    try:
        with committing():
            actions.cancel_lines(row.id, pieces, role.shown_name,
                                 clean(request.form.get("reason")) or "")
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.part", number=row.number))


@pages.post("/studio/orders/<number>/parcels/<code>", endpoint="parcel")
@signed_in
def parcel(number: str, code: str) -> Response:
    """What became of a parcel."""
    row, role = own_sold(number)
    found = db.session.scalar(db.select(Parcel.id).where(
        Parcel.seller_order_id == row.id, Parcel.code == code.upper()))
    if found is None:
        raise NotFound(_("There is no such order here."))
    try:
        _act(found, request.form.get("act", ""), role.shown_name)
    except Invalid as fault:
        return part_page(number, fault.faults, 422)
    flash(_("Kept. The buyer is told."), "good")
    return see_other(url_for("orders.part", number=row.number))


def _act(found: int, act: str, name: str) -> None:
    with committing():
        if act == "delivered":
            actions.deliver_parcel(found, "producer", name)
        elif act in ("lost", "sent_back"):
            astray.went_astray(found, act, name)
        elif act == "hand":
            leaving.hand_packed(found, name, handed((), request.form.get("age_check", "")))
        elif act == "unpack":
            leaving.unpack(found)
        elif act == "take_back":
            astray.take_back(found, name)
        elif act == "again":
            astray.send_again(found, name)
        elif act == "money":
            astray.give_money(found, name)
        else:
            raise Conflict(_("There is no such step."))
