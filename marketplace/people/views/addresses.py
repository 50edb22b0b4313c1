"""The book of addresses; placed orders keep their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.forms import AddressForm
from marketplace.people.models import Address
from marketplace.people.queries import addresses_of
from marketplace.people.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent


@dataclass(frozen=True, slots=True)
class AddressesPage:
    """The book, and a form for one more or for a change."""

    rows: Sequence[Address]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    changing: int
    countries: Sequence[tuple[str, str]]
    orders_url: str


def _page(form: AddressForm, faults: Mapping[str, str], changing: int = 0, status: int = 200
          ) -> Response:
    url = url_for("people.change_address_post", address_id=changing) if changing else url_for(
        "people.addresses_post")
    page = AddressesPage(
        addresses_of(person_id()),
        {name: str(bound.data or "") for name, bound in form._fields.items()}, faults, url,
        changing, [("DE", _("Germany")), ("AT", _("Austria")), ("CH", _("Switzerland"))],
        url_for("orders.mine"))
    return answer("people/addresses.html", page, status)


@pages.get("/account/addresses")
@signed_in
def addresses() -> Response:
    """My addresses."""
    return _page(AddressForm(), {})


@pages.post("/account/addresses", endpoint="addresses_post")
@signed_in
def addresses_post() -> Response:
    """One more."""
    return _keep(0)


@pages.get("/account/addresses/<int:address_id>")
@signed_in
def change_address(address_id: int) -> Response:
    """The form with an address of mine in it."""
    row = actions.own_address(person_id(), address_id)
    return _page(AddressForm(obj=row), {}, address_id)


@pages.post("/account/addresses/<int:address_id>", endpoint="change_address_post")
@signed_in
def change_address_post(address_id: int) -> Response:
    """Another wording; what was ordered goes where it was to go."""
    return _keep(address_id)


def _keep(address_id: int) -> Response:
    form = AddressForm(sent())
    try:
        form.demand()
        fields = {name: str(bound.data or "") for name, bound in form._fields.items()}
        with committing():
            actions.write_address(person_id(), address_id, fields)
    except Invalid as fault:
        return _page(form, fault.faults, address_id, 422)
    flash(_("Kept. Orders that are placed keep their own address; you change that at the order."),
          "good")
    return see_other(url_for("people.addresses"))


@pages.post("/account/addresses/<int:address_id>/default")
@signed_in
def prefer_address(address_id: int) -> Response:
    """This one first."""
    with committing():
        actions.prefer_address(person_id(), address_id)
    return see_other(url_for("people.addresses"))


@pages.post("/account/addresses/<int:address_id>/drop")
@signed_in
def drop_address(address_id: int) -> Response:
    """Out of the book."""
    with committing():
        actions.drop_address(person_id(), address_id)
    flash(_("Taken out of the book."), "good")
    return see_other(url_for("people.addresses"))
