"""Credits: a house asks whom it wants to name, and members answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions.credits import (
    CreditRow,
    answer_credit,
    ask_credit,
    credit_rows,
    drop_credit,
)
from marketplace.catalog.queries.studio import Draft
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import crumbs_of, own_product
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.shapes import Link


@dataclass(frozen=True, slots=True)
class CreditsPage:
    """Whom a product names, or where a member is named."""

    title: str
    lead: str
    crumbs: Sequence[Link]
    rows: Sequence[CreditRow]
    whys: Mapping[str, str]
    mine: bool
    url: str
    form: PlainForm | None
    help_url: str


def why_words() -> dict[str, str]:
    """Parts somebody can have in a product."""
    return {"idea": _("the idea"), "bundle": _("a bundle it came from"), "design": _("the design")}


@pages.get("/studio/products/<int:product_id>/credits")
@signed_in
def credits(product_id: int) -> Response:
    """Whom the product names, and who was asked."""
    return _own(own_product(product_id), {}, {}, 200)


@pages.post("/studio/products/<int:product_id>/credits")
@signed_in
def credits_post(product_id: int) -> Response:
    """Ask somebody, or name them no longer."""
    known, out = own_product(product_id), request.form.get("out", "")
    typed = {name: clean(request.form.get(name, "")) or "" for name in ("handle", "why")}
    try:
        with committing():
            if out.isdecimal():
                drop_credit(int(out), product_id)
            else:
                ask_credit(product_id, typed["handle"], typed["why"])
    except Invalid as fault:
        return _own(known, typed, fault.faults, 422)
    flash(_("Kept.") if out else _("Asked. They are named once they agree."), "good")
    return see_other(url_for("catalog.credits", product_id=product_id))


def _own(known: Draft, typed: Mapping[str, str], faults: Mapping[str, str], status: int
         ) -> Response:
    url = url_for("catalog.credits_post", product_id=known.id)
    form = PlainForm(url, [Section(_("Name somebody"), _("They are asked first; without their yes "
                                                         "nothing is shown."), [
        Field("handle", _("Member"), typed.get("handle", ""), optional=False, length=31),
        Field("why", _("For what"), typed.get("why", "idea"), kind="select", optional=False,
              choices=list(why_words().items()))])], faults, _("Ask them"))
    page = CreditsPage(
        _("Who had a part in it"), known.title, crumbs_of(known),
        credit_rows(current_lang(), product_id=known.id), why_words(), False, url, form,
        url_for("dialogue.new", about="/studio/products"))
    return answer("catalog/credits.html", page, status)


@pages.get("/account/credits")
@signed_in
def my_credits() -> Response:
    """Where producers name a member, or ask whether they may."""
    page = CreditsPage(
        _("Where you are named"), _("Producers name you only with your yes, and stop when you "
                                    "say so."),
        [(_("Account"), url_for("people.account"))],
        credit_rows(current_lang(), person_id=person_id()), why_words(), True,
        url_for("catalog.my_credits_post"), None, url_for("dialogue.new", about="/account"))
    return answer("catalog/credits.html", page)


@pages.post("/account/credits")
@signed_in
def my_credits_post() -> Response:
    """Agree, or say no."""
    number, yes = request.form.get("credit", ""), request.form.get("step") == "agree"
    if number.isdecimal():
        with committing():
            answer_credit(int(number), person_id(), yes)
    flash(_("You are named from now on.") if yes else _("You are not named."), "good")
    return see_other(url_for("catalog.my_credits"))
