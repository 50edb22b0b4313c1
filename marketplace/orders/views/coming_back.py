"""Where a producer's goods come back to: the form in the studio."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _

from marketplace.orders.actions.rates import RETURN_FIELDS
from marketplace.orders.queries.zones import return_address
from marketplace.producers.queries import Role
from marketplace.web.drawn_forms import Field, PlainForm, Section


def back_form(role: Role, words: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    """The address as typed, else as it is kept. Loads: 1 statement."""
    kept = return_address(role.producer_id)
    labels = {"name": _("Name"), "street": _("Street and number"), "extra": _("Addition"),
              "postcode": _("Postcode"), "city": _("Town"),
              "country": _("Country, by its two letters")}
    return PlainForm(url_for("orders.return_post", producer=role.slug), [Section(
        _("Where goods come back to"), _("It stands on the page of a withdrawal and on its return "
                                         "slip. Empty: the address you sell from."), [
            Field(f"r_{name}", label, words.get(f"r_{name}", str(getattr(kept, name, ""))),
                  length=RETURN_FIELDS[name]) for name, label in labels.items()])],
        faults, _("Keep"), [("house", role.slug)])
